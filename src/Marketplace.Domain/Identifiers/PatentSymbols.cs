using System.Text.Json.Serialization;

namespace Marketplace.Domain;

/// <summary>Symbol of the International Patent Classification: <c>A61B 5/00</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<IpcSymbol>))]
public readonly record struct IpcSymbol : IIdentifier<IpcSymbol>
{
    private static readonly PatentSymbolGrammar Grammar = new(new("ipc", "IPC 分类号", "IPC symbol"), "ABCDEFGH");

    private IpcSymbol(string value) => Value = value;

    /// <summary>Section, class and subclass, a space, group without leading zeros, a slash, subgroup.</summary>
    public string Value { get; }

    /// <summary>
    /// Accepts missing or additional spaces, lower case, full-width characters and zeros before the group.
    /// Refuses <c>ipc-length</c> (it ends too early) and <c>ipc-character</c>. Positions do not count spaces.
    /// </summary>
    public static Result<IpcSymbol> Parse(string? text, string field)
    {
        var symbol = Grammar.Read(text, field);
        return symbol.Refusal is { } refusal ? refusal : new IpcSymbol(symbol.Value);
    }

    public override string ToString() => Value;
}

/// <summary>Symbol of the Cooperative Patent Classification: like IPC, with section Y and long groups: <c>Y02E 10/50</c>, <c>G06T 2207/30004</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<CpcSymbol>))]
public readonly record struct CpcSymbol : IIdentifier<CpcSymbol>
{
    private static readonly PatentSymbolGrammar Grammar = new(new("cpc", "CPC 分类号", "CPC symbol"), "ABCDEFGHY");

    private CpcSymbol(string value) => Value = value;

    /// <summary>Section, class and subclass, a space, group without leading zeros, a slash, subgroup.</summary>
    public string Value { get; }

    /// <summary>Accepts what <see cref="IpcSymbol.Parse"/> does. Refuses <c>cpc-length</c> (it ends too early) and <c>cpc-character</c>.</summary>
    public static Result<CpcSymbol> Parse(string? text, string field)
    {
        var symbol = Grammar.Read(text, field);
        return symbol.Refusal is { } refusal ? refusal : new CpcSymbol(symbol.Value);
    }

    public override string ToString() => Value;
}
