namespace Marketplace.Architecture.Tests.Code;

/// <summary>Time and chance are arguments. The compiler refuses the banned symbols (see Building); this rule also sees code that silenced it.</summary>
public sealed class ClockTests
{
    private static readonly string[] Banned = [.. File.ReadAllLines(Path.Combine(Repository.Root, "src", "BannedSymbols.txt")).Select(MemberOf)];

    /// <summary>Waits and timers that count on the machine's time instead of the time provider that they could be given.</summary>
    private static readonly string[] DeafToTheClock =
    [
        "System.Threading.Tasks.Task.Delay", "System.Threading.PeriodicTimer..ctor", "System.Threading.CancellationTokenSource..ctor",
    ];

    [Fact]
    public void Nobody_reads_a_clock_past_the_time_provider() => Assert.Empty(Read(CompiledCode.Ours));

    [Fact]
    public void Clocks_chance_and_sleep_are_found_even_when_the_analyzer_is_silenced() => Assert.Equal(
        ["System.DateTime.get_UtcNow", "System.DateTimeOffset.get_Now", "System.Random.get_Shared", "System.Threading.Thread.Sleep"],
        CompiledCode.Planted("""
            #pragma warning disable RS0030
            public static class Impatient
            {
                public static Func<Task> Hidden() => async () => { await Task.Yield(); Thread.Sleep(DateTime.UtcNow.Second + Random.Shared.Next() + DateTimeOffset.Now.Second); };
            }
            """).All().Where(IsBanned).Select(u => u.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_rules_and_their_use_cases_wait_on_no_other_clock() => Assert.Empty(Deaf(CompiledCode.Of("Domain", "Journal", "Application")));

    [Fact]
    public void A_wait_that_no_test_can_shorten_is_found() => Assert.Equal(2, Deaf(CompiledCode.Planted("""
        public sealed class Waiting(TimeProvider time)
        {
            public Task Deaf() => Task.Delay(TimeSpan.FromDays(90));
            public object DeafToo() => new PeriodicTimer(TimeSpan.FromDays(1));
            public Task Fine() => Task.Delay(TimeSpan.FromDays(90), time);
        }
        """)).Count());

    private static IEnumerable<string> Read(IEnumerable<ModuleDefinition> modules) => modules.All().Where(IsBanned).Select(u => u.ToString());

    private static bool IsBanned(Use use) => use.Member is MethodReference && Banned.Contains(use.Name);

    private static IEnumerable<string> Deaf(IEnumerable<ModuleDefinition> modules) =>
        from type in modules.Types()
        from method in type.Methods
        where method.HasBody
        from called in method.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>()
        where DeafToTheClock.Contains($"{called.DeclaringType.FullName}.{called.Name}")
            && called.Parameters.Any(p => p.ParameterType.FullName is "System.TimeSpan" or "System.Int32") // without a wait there is nothing to time
            && called.Parameters.All(p => p.ParameterType.FullName != "System.TimeProvider")
        select $"{type.FullName} uses {called.FullName}";

    /// <summary>A line is <c>P:System.DateTime.Now;why</c> or <c>M:System.Threading.Thread.Sleep(System.Int32);why</c>.</summary>
    private static string MemberOf(string line)
    {
        var symbol = line.Split(';')[0][2..].Split('(')[0];
        var dot = symbol.LastIndexOf('.');
        return line.StartsWith("P:", StringComparison.Ordinal) ? $"{symbol[..dot]}.get_{symbol[(dot + 1)..]}" : symbol;
    }
}
