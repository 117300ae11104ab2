using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Domain;

namespace Marketplace.Host.Components.Parts;

/// <summary>A form as it was typed: what cannot be read stays in its field, and beside it stands what is wrong.</summary>
/// <param name="fields">Those that a refusal can stand beside; any other stands above them all.</param>
public class TypedForm(Reader reader, Func<string, string> typed, params IReadOnlyList<string> fields)
{
    private readonly Dictionary<string, string> faults = new(StringComparer.Ordinal);

    /// <summary>What is wrong with none of its fields in particular.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether it is not taken before its sender has proven who they are.</summary>
    public bool NeedsProof { get; private set; }

    /// <summary>What is wrong in single cells of a file.</summary>
    public IReadOnlyList<RowFault> Rows { get; private set; } = [];

    public Guid CommandId => Guid.TryParse(typed("commandId"), out var id) ? id : Guid.Empty;

    public bool IsFaulty => Fault is not null || faults.Count > 0;

    protected Reader Reader => reader;

    /// <summary>A new one, whose id makes it one command however often it is sent.</summary>
    /// <param name="filled">What stands in it before anybody types.</param>
    public static TypedForm Empty(Reader reader, IReadOnlyDictionary<string, string>? filled = null) => new(reader, Filled(filled));

    public static TypedForm Sent(Reader reader, IFormCollection form, params IReadOnlyList<string> fields) => new(reader, field => form[field].ToString(), fields);

    public string Typed(string field) => typed(field);

    /// <summary>Without white space around it.</summary>
    public string Text(string field) => typed(field).Trim();

    public string? TextOrNull(string field) => Text(field) is { Length: > 0 } text ? text : null;

    /// <summary>All that was chosen where several may be.</summary>
    public IReadOnlyList<T> Chosen<T>(string field) where T : struct, Enum =>
        [.. typed(field).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(v => Enum.TryParse<T>(v, out var known) && Enum.IsDefined(known) ? (T?)known : null).OfType<T>().Distinct()];

    public string? FaultOf(string field) => faults.GetValueOrDefault(field);

    /// <summary>A command of its own for one of several things that a form can be sent for.</summary>
    public Guid CommandFor(string what) => DerivedId.Guid(CommandId.ToString(), what);

    /// <summary>Zero, with the field at fault, when it is no amount.</summary>
    public Money Amount(string field, Currency currency) => new(Scaled(field, currency.Exponent), currency);

    /// <summary>Zero, with the field at fault, when it is no whole number.</summary>
    public int Whole(string field)
    {
        if (Scaled(field, 0) is >= int.MinValue and <= int.MaxValue and var number)
        {
            return (int)number;
        }

        Refuse(field, reader.T(TypedNumber.Wanted(0)));
        return 0;
    }

    /// <summary>In units of the last decimal; zero, with the field at fault, when it is no such number.</summary>
    public long Scaled(string field, int decimals)
    {
        if (TypedNumber.Read(Text(field), decimals) is { } number)
        {
            return number;
        }

        Refuse(field, reader.T(TypedNumber.Wanted(decimals)));
        return 0;
    }

    /// <summary>Zero, with the field at fault, when it is no number.</summary>
    public decimal Number(string field)
    {
        if (TypedNumber.Read(Text(field)) is { } number)
        {
            return number;
        }

        Refuse(field, reader.T("请填写数字，例如 1234.56。", "Write a number, such as 1234.56."));
        return 0;
    }

    /// <summary>Parts per million of what is written as a percentage.</summary>
    public long Rate(string field) => Scaled(field, 4);

    /// <summary>A day as date fields send it; with the field at fault when it is none.</summary>
    public DateOnly Day(string field)
    {
        if (DateOnly.TryParseExact(Text(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Refuse(field, reader.T("请选择日期。", "Choose a day."));
        return default;
    }

    /// <summary>One of several; the first, with the field at fault, when it is none.</summary>
    public T OneOf<T>(string field) where T : struct, Enum
    {
        if (Enum.TryParse<T>(Text(field), out var known) && Enum.GetName(known) == Text(field))
        {
            return known;
        }

        RefuseChoice(field);
        return default;
    }

    /// <summary>Of what cannot be undone: whoever sends it has ticked that they mean it.</summary>
    public void MustConfirm()
    {
        if (typed("confirm") != "true")
        {
            Refuse("confirm", reader.T("请核对后勾选确认。", "Check it, and tick that you mean it."));
        }
    }

    public void Refuse(Refusal refusal)
    {
        Rows = refusal.Rows ?? [];
        NeedsProof |= refusal.Code == Refusals.ProofRequired.Code;
        if (FieldOf(refusal.Field) is { } field)
        {
            faults.TryAdd(field, reader.T(refusal));
        }
        else
        {
            Fault = reader.T(refusal);
        }
    }

    /// <summary>What is typed there cannot be read.</summary>
    public void Refuse(string field, string fault) => faults[field] = fault;

    /// <summary>What is chosen there is none of the choices.</summary>
    public void RefuseChoice(string field) => Refuse(field, reader.T("请选择。", "Choose one."));

    /// <summary>The field that a member of the request was typed into; null: none.</summary>
    protected virtual string? FieldOf(string? member) => member is null ? null
        : fields.Where(f => f == member || member.EndsWith($".{f}", StringComparison.Ordinal)).MaxBy(f => f.Length)
            ?? fields.FirstOrDefault(f => member.StartsWith($"{f}.", StringComparison.Ordinal)); // a part of what the field holds

    protected static Func<string, string> Filled(IReadOnlyDictionary<string, string>? filled)
    {
        var id = Guid.NewGuid().ToString();
        return field => field == "commandId" ? id : filled?.GetValueOrDefault(field) ?? "";
    }
}
