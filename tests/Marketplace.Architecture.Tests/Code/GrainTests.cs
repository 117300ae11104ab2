namespace Marketplace.Architecture.Tests.Code;

/// <summary>The lock: a grain lets nobody in while it decides, and waits for nothing but the journal.</summary>
public sealed class GrainTests
{
    private static readonly string[] OpensTheLock =
        ["Orleans.Concurrency.ReentrantAttribute", "Orleans.Concurrency.MayInterleaveAttribute", "Orleans.Concurrency.AlwaysInterleaveAttribute"];

    private const string Usings = """
        using Orleans;
        using Orleans.Concurrency;
        namespace Marketplace.Application.Planted;

        """;

    [Fact]
    public void No_grain_is_reentrant() => Assert.Empty(Reentrant(CompiledCode.Ours));

    [Fact]
    public void Reentrant_grains_are_found() => Assert.Equal(3, Reentrant(CompiledCode.Planted(Usings + """
        [Reentrant] public sealed class Whole : Grain;
        [MayInterleave(nameof(Always))] public sealed class Partly : Grain { public static bool Always(object request) => true; }
        public interface IOneMethod : IGrainWithStringKey { [AlwaysInterleave] Task Look(); Task Write(); }
        public sealed class Fine : Grain;
        """)).Count());

    [Fact]
    public void Nothing_behind_the_door_speaks_to_the_network() => Assert.Empty(Network(CompiledCode.Of("Domain", "Journal", "Application")));

    [Fact]
    public void A_grain_that_calls_out_is_found() => Assert.NotEmpty(Network(CompiledCode.Planted(Usings + """
        public sealed class Impatient : Grain
        {
            public Func<Task<string>> Hidden() => async () => { using var http = new System.Net.Http.HttpClient(); return await http.GetStringAsync("https://example.com"); };
        }
        """)));

    private static IEnumerable<string> Reentrant(IEnumerable<ModuleDefinition> modules) =>
        from type in modules.Types()
        where type.Inherits("Orleans.Grain") || type.IsInterface
        from thing in type.Methods.Prepend<ICustomAttributeProvider>(type)
        from attribute in OpensTheLock
        where thing.Has(attribute)
        select $"{thing} has {attribute}";

    private static IEnumerable<string> Network(IEnumerable<ModuleDefinition> modules) => modules.All()
        .Where(u => u.Namespace == "System.Net" || u.Namespace.StartsWith("System.Net.", StringComparison.Ordinal))
        .Select(u => u.ToString());
}
