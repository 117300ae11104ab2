using Marketplace.Domain;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Agreements;

/// <summary>A form by which money is to move, as it was typed.</summary>
public sealed class MoneyForm : TypedForm
{
    private static readonly string[] Fields = ["obligations", "way", "receipt", "intent", "amount", "reference", "reason", "confirm"];

    private readonly Func<string, Microsoft.Extensions.Primitives.StringValues> sent;

    private MoneyForm(Reader reader, Func<string, string> typed, Func<string, Microsoft.Extensions.Primitives.StringValues> sent) : base(reader, typed) => this.sent = sent;

    public static MoneyForm Empty(Reader reader) => new(reader, Filled(null), _ => default);

    public static MoneyForm Sent(Reader reader, IFormCollection form) => new(reader, field => form[field].ToString(), field => form[field]);

    /// <summary>Of boxes of one name, those that are ticked.</summary>
    public IReadOnlyList<string> Ticked(string field) => [.. sent(field).OfType<string>()];

    /// <summary>In which way, and through whom; nobody, when that was not chosen.</summary>
    public (string Provider, string Method) Way() => PaymentWay.Read(Text("way")) ?? ("", "");

    protected override string? FieldOf(string? member) => member?.Split('.', '[')[0] switch
    {
        "provider" or "method" => "way",
        { } first when Fields.Contains(first) => first,
        _ => null,
    };
}
