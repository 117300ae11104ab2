namespace Marketplace.Architecture.Tests.Code;

/// <summary>A name says what a thing is for. Manager, Helper and Util say that nobody knew.</summary>
public sealed class NameTests
{
    private static readonly string[] SayNothing = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility"];

    [Fact]
    public void No_type_is_named_for_nothing() => Assert.Empty(Nameless(CompiledCode.Ours));

    [Fact]
    public void Names_that_say_nothing_are_found() => Assert.Equal(
        ["Service", "TextUtils"],
        Nameless(CompiledCode.Planted("public sealed class TextUtils; public sealed class Service; public sealed class ClosePublicNotices;")).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Nameless(IEnumerable<ModuleDefinition> modules) => modules.Types()
        .Where(t => t.Name == "Service" || SayNothing.Any(n => t.Name.EndsWith(n, StringComparison.Ordinal)))
        .Select(t => t.FullName);
}
