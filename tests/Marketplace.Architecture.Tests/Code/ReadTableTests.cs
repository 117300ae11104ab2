namespace Marketplace.Architecture.Tests.Code;

/// <summary>Read tables follow from events: their rows are described in one place, and nobody writes them past the journal.</summary>
public sealed class ReadTableTests
{
    private const string Usings = """
        using Marketplace.Application.Reads;
        using Microsoft.EntityFrameworkCore;
        namespace Marketplace.Application.Planted;

        """;

    [Fact]
    public void Every_row_names_its_table() => Assert.Empty(Tableless(CompiledCode.Ours));

    [Fact]
    public void A_row_without_a_table_is_found() => Assert.Single(Tableless(CompiledCode.Planted(Usings + """
        public sealed record Stray(string Name) : IReadRow;
        [ReadTable("fine")] public sealed record Fine(string Name) : IReadRow;
        """)));

    [Fact]
    public void Rows_become_changes_in_one_place() => Assert.Empty(ByHand(CompiledCode.Ours));

    [Fact]
    public void A_change_made_by_hand_is_found() => Assert.Single(ByHand(CompiledCode.Planted("""
        using Marketplace.Journal;
        namespace Marketplace.Application.Planted;
        public static class ByHand { public static RowChange Of(TableSchema table) => new(table, [1]); }
        """)));

    [Fact]
    public void Nobody_writes_through_Entity_Framework() => Assert.Empty(Written(CompiledCode.Ours));

    [Fact]
    public void Whoever_writes_through_Entity_Framework_is_found() => Assert.Equal(3, Written(CompiledCode.Planted(Usings + """
        public sealed class Writer(MarketplaceReads reads)
        {
            public Task<int> Delete() => reads.Of<DueWorkRow>().ExecuteDeleteAsync();
            public void Add(DueWorkRow row) => reads.Add(row);
            public Task<int> Sql() => reads.Database.ExecuteSqlRawAsync("update due_work set due_at_utc = null");
            public Task<List<DueWorkRow>> Fine() => reads.Of<DueWorkRow>().ToListAsync();
        }
        """)).Count());

    [Fact]
    public void Whoever_writes_tables_of_their_own_knows_no_other() => Assert.Empty(Straying(CompiledCode.Ours));

    [Theory]
    [InlineData("Marketplace.Host.Accounts")]
    [InlineData("Marketplace.Application.Exports")]
    public void Whoever_of_them_reaches_for_read_tables_is_found(string folder) => Assert.NotEmpty(Straying(CompiledCode.Planted($$"""
        using Marketplace.Application.Reads;
        using Microsoft.EntityFrameworkCore;
        namespace {{folder}};
        public sealed class Straying(MarketplaceReads reads) { public Task<int> Delete() => reads.Of<DueWorkRow>().ExecuteDeleteAsync(); }
        """)));

    [Fact]
    public void Whoever_writes_notices_reads_no_read_table_through_the_same_hands() => Assert.Empty(WritingBoth(CompiledCode.Ours));

    [Fact]
    public void Notices_that_write_read_tables_are_found() => Assert.NotEmpty(WritingBoth(CompiledCode.Planted("""
        using Marketplace.Application.Reads;
        using Microsoft.EntityFrameworkCore;
        namespace Marketplace.Application.Notices;
        public sealed class Straying(MarketplaceReads reads) { public Task<int> Delete() => reads.Of<DueWorkRow>().ExecuteDeleteAsync(); }
        """)));

    [Fact]
    public void Only_the_host_knows_how_accounts_are_kept() => Assert.Empty(KnowingIdentity(CompiledCode.Ours));

    [Fact]
    public void Somebody_else_who_knows_it_is_found()
    {
        const string Violation = "public sealed class Shortcut { public string Name(Microsoft.AspNetCore.Identity.IdentityUser user) => user.Id; }";
        Assert.Single(KnowingIdentity(CompiledCode.Planted(Violation, "Marketplace.Application")));
        Assert.Empty(KnowingIdentity(CompiledCode.Planted(Violation, "Marketplace.Host")));
    }

    private const string Notices = "Marketplace.Application.Notices";

    /// <summary>Who people are, and files that can be made again: tables that follow from no event.</summary>
    private static readonly string[] OfTheirOwn = ["Marketplace.Host.Accounts", "Marketplace.Application.Exports"];

    /// <summary>They must not be mixed with what has happened: they neither read nor write what the journal keeps.</summary>
    private static IEnumerable<string> Straying(IEnumerable<ModuleDefinition> modules) => modules.All()
        .Where(u => OfTheirOwn.Contains(u.By.Namespace) && u.Namespace is "Marketplace.Application.Reads")
        .Select(u => u.ToString());

    /// <summary>Notices look at read tables to know whom to tell, and write tables of their own: no type does both.</summary>
    private static IEnumerable<string> WritingBoth(IEnumerable<ModuleDefinition> modules)
    {
        var uses = modules.All().Where(u => u.By.Namespace == Notices).ToList();
        var readers = uses.Where(u => u.Namespace == "Marketplace.Application.Reads").Select(u => u.By.FullName.Split('/')[0]).ToHashSet();
        return uses.Where(IsWrite).Where(u => readers.Contains(u.By.FullName.Split('/')[0])).Select(u => u.ToString());
    }

    private static IEnumerable<string> KnowingIdentity(IEnumerable<ModuleDefinition> modules) => modules
        .Where(m => m.Assembly.Name.Name != "Marketplace.Host"
            && m.AssemblyReferences.Any(r => r.Name.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal) || r.Name.StartsWith("Microsoft.Extensions.Identity", StringComparison.Ordinal)))
        .Select(m => m.Assembly.Name.Name);

    private static IEnumerable<string> Tableless(IEnumerable<ModuleDefinition> modules) => modules.Types()
        .Where(t => t is { IsInterface: false, IsAbstract: false } && t.Interfaces.Any(i => i.InterfaceType.FullName == "Marketplace.Application.Reads.IReadRow"))
        .Where(t => !t.Has("Marketplace.Application.Reads.ReadTableAttribute"))
        .Select(t => t.FullName);

    private static IEnumerable<string> ByHand(IEnumerable<ModuleDefinition> modules) => modules.All()
        .Where(u => u.Name == "Marketplace.Journal.RowChange..ctor" && u.By.FullName is not ("Marketplace.Application.Reads.ReadTable" or "Marketplace.Journal.RowChange"))
        .Select(u => u.ToString());

    private static IEnumerable<string> Written(IEnumerable<ModuleDefinition> modules) => modules.All()
        .Where(IsWrite)
        .Where(u => u.By.FullName != "Marketplace.Application.Reads.MarketplaceReads") // refuses to
        .Where(u => !OfTheirOwn.Append(Notices).Contains(u.By.Namespace)) // what keeps them from read tables is a rule of its own
        .Select(u => u.ToString());

    private static bool IsWrite(Use u) =>
        u.Namespace.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) && u.Member is MethodReference method && Writes(u.Type.Name, method.Name);

    private static bool Writes(string type, string method) => type switch
    {
        "DbContext" or "DbSet`1" => new[] { "Add", "Update", "Remove", "Attach", "SaveChanges" }.Any(verb => method.StartsWith(verb, StringComparison.Ordinal)),
        _ => new[] { "ExecuteUpdate", "ExecuteDelete", "ExecuteSql" }.Any(verb => method.StartsWith(verb, StringComparison.Ordinal)),
    };
}
