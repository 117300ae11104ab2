using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.Application.Json;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Listings;

/// <summary>
/// Payment clauses as people type them. Fields are called as refusals call them, so that each stands beside its field:
/// <c>payments[0].tiers[1].fromMinor</c>; beside them <c>payments[0].kind</c>.
/// </summary>
public static class PaymentForm
{
    /// <summary>A button of this name says what is to become of the form; one of the values here, or <c>look</c> or <c>send</c>.</summary>
    public const string Action = "action";

    public const string Add = "add";

    /// <summary>Gives lists more empty rows, as every answer does.</summary>
    public const string MoreRows = "rows";

    /// <summary>Names the kind of the clause that is added.</summary>
    public const string NewKind = "newKind";

    /// <summary>Terms have no more.</summary>
    private const int MostClauses = 60;

    private const int MostRows = 150;

    /// <summary>Beside the members of a clause on reports: the periods that it holds in, where that can be agreed; empty: from the first, to the last.</summary>
    public static readonly IReadOnlyList<string> Times = ["fromPeriod", "throughPeriod"];

    /// <summary>The value of the button that takes a clause out.</summary>
    public static string Remove(int position) => string.Create(CultureInfo.InvariantCulture, $"remove-{position}");

    /// <summary>Whether the form was sent to be looked at or taken, and not for more or fewer clauses.</summary>
    public static bool IsMeant(IFormCollection form) => form[Action].ToString() is "look" or "send";

    /// <summary>What clauses and their lists are typed as, numbered without gaps, with one more or one less when a button asks for it; all else as it was sent.</summary>
    /// <param name="first">Position of the first clause in its terms.</param>
    public static IReadOnlyDictionary<string, string> Sent(IFormCollection form, int first = 0)
    {
        var action = form[Action].ToString();
        var sent = form.Where(f => !f.Key.StartsWith("payments[", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var next = first;
        for (var i = first; i < first + MostClauses; i++)
        {
            if (action != Remove(i) && Kind(form[$"{At(i)}.kind"].ToString()) is { } kind)
            {
                Copy(form, At(i), sent, At(next++), kind);
            }
        }

        if (action == Add && Kind(form[NewKind].ToString()) is { } added)
        {
            sent[$"{At(next)}.kind"] = $"{added}";
        }

        return sent;
    }

    /// <summary>What stands in the fields of these clauses.</summary>
    public static IReadOnlyDictionary<string, string> Written(IReadOnlyList<PaymentTrigger> payments, Currency currency)
    {
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, payment) in payments.Index())
        {
            written[$"{At(i)}.kind"] = $"{payment.Model}";
            var members = JsonSerializer.SerializeToNode(payment, CanonicalJson.Options)!.AsObject();
            foreach (var field in ClauseField.Of(payment.Model))
            {
                Write(field, members[field.Name], $"{At(i)}.{field.Name}", currency, written);
            }
        }

        return written;
    }

    /// <summary>The clauses that a form has, by their position.</summary>
    public static IEnumerable<(int Position, PaymentModel Kind)> Clauses(TypedForm form, int first = 0)
    {
        for (var i = first; Kind(form.Typed($"{At(i)}.kind")) is { } kind; i++)
        {
            yield return (i, kind);
        }
    }

    /// <summary>How many items of a list are filled in; they come first.</summary>
    public static int FilledRows(Func<string, string> typed, string list, ClauseField field) =>
        Enumerable.Range(0, MostRows).TakeWhile(row => HasRow(typed, $"{list}[{row}]", field)).Count();

    /// <summary>Those that a refusal can stand beside.</summary>
    public static IEnumerable<string> Fields(IReadOnlyDictionary<string, string> typed, int first = 0)
    {
        yield return "payments";
        for (var i = first; typed.GetValueOrDefault($"{At(i)}.kind") is { } kind; i++)
        {
            yield return At(i);
            foreach (var time in Times)
            {
                yield return $"{At(i)}.{time}";
            }

            foreach (var field in ClauseField.Of(Kind(kind)!.Value))
            {
                var path = $"{At(i)}.{field.Name}";
                yield return path;
                for (var row = 0; field.Type == ClauseFieldType.Rows && row < FilledRows(f => typed.GetValueOrDefault(f, ""), path, field); row++)
                {
                    yield return $"{path}[{row}]";
                    foreach (var column in field.Columns)
                    {
                        yield return $"{path}[{row}].{column.Name}";
                    }
                }
            }
        }
    }

    /// <summary>The clauses as they were typed; with the fields at fault where they cannot be read.</summary>
    public static IReadOnlyList<PaymentTrigger> Read(TypedForm form, Currency currency, int first = 0) =>
    [
        .. Clauses(form, first).Select(c =>
        {
            var members = Begun(c.Kind);
            foreach (var field in ClauseField.Of(c.Kind))
            {
                var path = $"{At(c.Position)}.{field.Name}";
                members[field.Name] = field.IsOptional && form.Text(path).Length == 0 ? null : Read(form, field, path, currency);
            }

            return Made(members);
        }),
    ];

    /// <summary>Whether clauses of a kind count what is reported, so that an amendment can begin one.</summary>
    public static bool IsOnReports(PaymentModel kind) => AmendmentChange.IsOnReports(Made(Begun(kind)));

    public static string At(int position) => string.Create(CultureInfo.InvariantCulture, $"payments[{position}]");

    private static PaymentModel? Kind(string name) => Enum.TryParse<PaymentModel>(name, out var kind) && Enum.GetName(kind) == name ? kind : null;

    private static JsonObject Begun(PaymentModel kind) => new() { ["kind"] = JsonNamingPolicy.KebabCaseLower.ConvertName($"{kind}") };

    private static PaymentTrigger Made(JsonObject members) => members.Deserialize<PaymentTrigger>(CanonicalJson.Options)!;

    private static void Copy(IFormCollection form, string from, Dictionary<string, string> sent, string to, PaymentModel kind)
    {
        sent[$"{to}.kind"] = $"{kind}";
        foreach (var time in Times)
        {
            sent[$"{to}.{time}"] = form[$"{from}.{time}"].ToString();
        }

        foreach (var field in ClauseField.Of(kind))
        {
            if (field.Type != ClauseFieldType.Rows)
            {
                sent[$"{to}.{field.Name}"] = form[$"{from}.{field.Name}"].ToString();
                continue;
            }

            var next = 0;
            for (var row = 0; row < MostRows; row++)
            {
                if (HasRow(f => form[f].ToString(), $"{from}.{field.Name}[{row}]", field))
                {
                    foreach (var column in field.Columns)
                    {
                        sent[$"{to}.{field.Name}[{next}].{column.Name}"] = form[$"{from}.{field.Name}[{row}].{column.Name}"].ToString();
                    }

                    next++;
                }
            }
        }
    }

    private static bool HasRow(Func<string, string> typed, string row, ClauseField field) => field.Columns.Any(c => !string.IsNullOrWhiteSpace(typed($"{row}.{c.Name}")));

    private static void Write(ClauseField field, JsonNode? value, string path, Currency currency, Dictionary<string, string> written)
    {
        if (value is JsonArray items)
        {
            foreach (var (row, item) in items.Index())
            {
                foreach (var column in field.Columns)
                {
                    Write(column, item![column.Name], $"{path}[{row}].{column.Name}", currency, written);
                }
            }

            return;
        }

        written[path] = field.Type switch
        {
            ClauseFieldType.YesNo => value is null ? "false" : value.ToString(), // no is left out of JSON in places
            _ when value is null => "",
            ClauseFieldType.Money => TypedNumber.Written(value.GetValue<long>(), currency.Exponent),
            ClauseFieldType.Rate => TypedNumber.WrittenRate(value.GetValue<long>()),
            _ => value.ToString(),
        };
    }

    private static JsonNode Read(TypedForm form, ClauseField field, string path, Currency currency) => field.Type switch
    {
        ClauseFieldType.Money => form.Scaled(path, currency.Exponent),
        ClauseFieldType.Rate => form.Rate(path),
        ClauseFieldType.Months or ClauseFieldType.Days => form.Whole(path),
        ClauseFieldType.Term or ClauseFieldType.Words => form.Text(path).ReplaceLineEndings("\n"), // a browser sends others
        ClauseFieldType.Choice => Chosen(form, field, path),
        ClauseFieldType.YesNo => Chosen(form, field, path) == "true",
        ClauseFieldType.Rows => new JsonArray([.. Enumerable.Range(0, FilledRows(form.Typed, path, field)).Select(row => Item(form, field, $"{path}[{row}]", currency))]),
    };

    private static JsonObject Item(TypedForm form, ClauseField field, string path, Currency currency)
    {
        var item = new JsonObject();
        foreach (var column in field.Columns)
        {
            item[column.Name] = Read(form, column, $"{path}.{column.Name}", currency);
        }

        return item;
    }

    private static string Chosen(TypedForm form, ClauseField field, string path)
    {
        var typed = form.Text(path);
        if (field.Options.Any(o => o.Value == typed))
        {
            return typed;
        }

        form.RefuseChoice(path);
        return field.Options[0].Value;
    }
}
