using Marketplace.Domain;
using Microsoft.Extensions.Primitives;

namespace Marketplace.Host.Components;

/// <summary>What was typed into the fields of a form, and what is wrong with it.</summary>
public interface ITypedFields
{
    string Typed(string field);

    string? FaultOf(string field);
}

/// <summary>A form as it was typed: what cannot be read stays in its field, and beside it stands what is wrong. Fields have the names that refusals give them.</summary>
public sealed class TypedForm : ITypedFields
{
    private const string Id = "commandId";

    private readonly Reader reader;
    private readonly Func<string, StringValues> typed;
    private readonly Dictionary<string, string> faults = new(StringComparer.Ordinal);

    private TypedForm(Reader reader, Func<string, StringValues> typed) => (this.reader, this.typed) = (reader, typed);

    /// <summary>What is wrong with none of its fields in particular.</summary>
    public string? Fault { get; private set; }

    public bool IsFaulty => Fault is not null || faults.Count > 0;

    /// <summary>Of the one command that the form is, however often it is sent.</summary>
    public Guid CommandId => Guid.TryParse(Typed(Id), out var id) ? id : Guid.Empty;

    public static TypedForm Empty(Reader reader)
    {
        var id = Guid.NewGuid().ToString();
        return new TypedForm(reader, field => field == Id ? id : StringValues.Empty);
    }

    public static TypedForm Sent(Reader reader, IFormCollection form) => new(reader, field => form[field]);

    public string Typed(string field) => typed(field).ToString().Trim();

    /// <summary>Null: nothing was typed.</summary>
    public string? Optional(string field) => Typed(field) is { Length: > 0 } text ? text : null;

    /// <summary>Of boxes of one name, those that are ticked.</summary>
    public IReadOnlyList<string> Ticked(string field) => [.. typed(field).OfType<string>()];

    public string? FaultOf(string field) => faults.GetValueOrDefault(field);

    /// <summary>Stands beside the field that it names, or that holds what it names; else above the form.</summary>
    /// <param name="fields">Those that the form shows.</param>
    public void Refuse(Refusal refusal, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (refusal.Field == field || refusal.Field?.StartsWith($"{field}.", StringComparison.Ordinal) == true || refusal.Field?.StartsWith($"{field}[", StringComparison.Ordinal) == true)
            {
                faults.TryAdd(field, reader.T(refusal));
                return;
            }
        }

        Fault ??= reader.T(refusal);
    }

    /// <summary>Zero, with the field at fault, when it is no amount.</summary>
    public Money Amount(string field, Currency currency)
    {
        if (TypedNumber.Read(Typed(field), currency.Exponent) is { } minor)
        {
            return new Money(minor, currency);
        }

        Refuse(TypedNumber.Wanted(currency.Exponent, field), field);
        return Money.Zero(currency);
    }

    /// <summary>Of what cannot be undone: whoever sends it has said that they mean it.</summary>
    public void MustConfirm()
    {
        if (Typed("confirm") != "true")
        {
            Refuse(Refusal.Invalid("not-confirmed", "请核对后勾选确认。", "Check it, and tick that you mean it.", "confirm"), "confirm");
        }
    }
}
