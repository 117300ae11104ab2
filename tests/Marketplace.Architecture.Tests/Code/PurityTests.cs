using Mono.Cecil.Cil;
using Op = Mono.Cecil.Cil.Code;

namespace Marketplace.Architecture.Tests.Code;

/// <summary>The rule: pure and exact. No floating point near money, no input or output in the rules, no state that all share.</summary>
public sealed class PurityTests
{
    private static readonly string[] Floating = ["System.Single", "System.Double", "System.Half"];
    private static readonly string[] Outside = ["System.IO.File", "System.IO.FileInfo", "System.IO.Directory", "System.Console", "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1", "System.Diagnostics.Process"];

    [Fact]
    public void Money_meets_no_floating_point() => Assert.Empty(Inexact(CompiledCode.Of("Domain", "Journal")));

    [Fact]
    public void Floating_point_is_found() => Assert.Equal(2, Inexact(CompiledCode.Planted("""
        public static class Inexact
        {
            public static long Half(long minor) => (long)(minor * 0.5);
            public static long Rounded(long minor) { var x = (float)minor; return checked((long)x); }
            public static DateTimeOffset Fine(DateTimeOffset at, int days) => at.AddDays(days);
        }
        """)).Count());

    [Fact]
    public void The_rules_read_and_write_nothing_and_wait_for_nobody() => Assert.Empty(Reaching(CompiledCode.Of("Domain")));

    [Fact]
    public void Rules_that_reach_outside_are_found() => Assert.NotEmpty(Reaching(CompiledCode.Planted("""
        public static class Reaching { public static string Read() => System.IO.File.ReadAllText("rates.csv"); }
        """)));

    [Fact]
    public void Nothing_that_changes_is_shared_by_all() => Assert.Empty(Shared(CompiledCode.Ours));

    [Fact]
    public void Shared_state_is_found() => Assert.Single(Shared(CompiledCode.Planted("""
        public static class Shared
        {
            private static int count;
            [ThreadStatic] private static int mine;
            private static readonly int[] Fine = [1];
            public static int Next() => ++count + ++mine + Fine[0];
        }
        """)));

    private static IEnumerable<string> Inexact(IEnumerable<ModuleDefinition> modules) =>
        from type in modules.Types()
        from method in type.Methods
        where IsFloating(method.ReturnType) || method.Parameters.Any(p => IsFloating(p.ParameterType))
            || (method.HasBody && method.Body.Instructions.Any(i => i.OpCode.Code is (Op.Ldc_R4 or Op.Ldc_R8 or Op.Conv_R4 or Op.Conv_R8 or Op.Conv_R_Un) && !IsOfTime(i.Next)))
        select method.FullName;

    /// <summary>A day added or a pause doubled: the framework takes those as <c>double</c>, and no money comes of them.</summary>
    private static bool IsOfTime(Instruction next) => next.Operand is MethodReference { DeclaringType.FullName: "System.TimeSpan" or "System.DateTime" or "System.DateTimeOffset" };

    private static bool IsFloating(TypeReference type) => Floating.Contains(type.FullName);

    private static IEnumerable<string> Reaching(IEnumerable<ModuleDefinition> modules) => modules.All().Where(u => Outside.Contains(u.Type.FullName)).Select(u => u.ToString());

    private static IEnumerable<string> Shared(IEnumerable<ModuleDefinition> modules) => modules.Types()
        .Where(t => !t.Name.Contains('<', StringComparison.Ordinal))
        .SelectMany(t => t.Fields)
        .Where(f => f is { IsStatic: true, IsInitOnly: false, IsLiteral: false })
        .Where(f => !f.Has("System.Runtime.CompilerServices.CompilerGeneratedAttribute") && !f.Has("System.ThreadStaticAttribute"))
        .Select(f => f.FullName);
}
