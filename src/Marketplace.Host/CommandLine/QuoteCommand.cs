using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Marketplace.Application.Json;
using Marketplace.Documents.Templates;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Api;
using Marketplace.Host.Components.Words;
using Marketplace.Host.Composition;

namespace Marketplace.Host.CommandLine;

/// <summary>What terms cost, by the same rules that run agreements; needs no database.</summary>
internal static class QuoteCommand
{
    private static readonly Option<string> Template = new("--template")
    {
        HelpName = "ID",
        Description = Words.Both("按此模板测算；--terms 的文件则是模板参数。", "Quotes this template; the file of --terms then has its values."),
    };

    private static readonly Option<FileInfo[]> Terms = new("--terms")
    {
        HelpName = "FILE",
        Description = Words.Both("条款（JSON，与接口相同）；可多次给出以并列比较。", "Terms as JSON, as the API takes them; give it several times to compare."),
    };

    private static readonly Option<FileInfo> Sales = new("--sales")
    {
        HelpName = "FILE",
        Description = Words.Both("各报告期销售的 CSV：period,netMinor[,units,…]，金额为最小货币单位。", "CSV of sales by period: period,netMinor[,units,…], in minor units."),
    };

    private static readonly Option<FileInfo> Assume = new("--assume")
    {
        HelpName = "FILE",
        Description = Words.Both("测算假设（JSON）：生效日、试用月数、首年销售、增长、事件、买断、折现率。", "Assumptions as JSON: effect, months of trial, first year, growth, events, buy-out, discount rate."),
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = Words.Both("以 JSON 输出。", "Writes JSON."),
    };

    public static Command Create()
    {
        var command = new Command("quote", Words.Both(
            "测算条款的费用：低、中、高销售下的每笔付款、累计、现值与最坏情形。", "Tells what terms cost: each payment at low, base and high sales, sums, present value and the worst case."))
        {
            Template, Terms, Sales, Assume, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        try
        {
            var assumptions = Assumptions(parsed);
            var quotes = AllTerms(parsed).Select(t => (t.Name, t.Terms, Quote: Value(Quote.Of(t.Terms, assumptions, ReferenceData.Published), t.Name))).ToList();
            if (parsed.GetValue(Json))
            {
                Console.WriteLine(CanonicalJson.Write(quotes.Select(q => q.Quote).ToList()));
                return ExitCode.Ok;
            }

            foreach (var (name, terms, quote) in quotes)
            {
                Write(name, terms, quote);
            }

            return ExitCode.Ok;
        }
        catch (FormatException bad)
        {
            return MarketplaceCommandLine.Misunderstood(bad.Message);
        }
    }

    private static void Write(string name, AgreementTerms terms, QuoteView quote)
    {
        Console.WriteLine($"{name}  {terms.Currency.Code}");
        foreach (var payment in quote.Base.Payments)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {payment.DueOn:yyyy-MM-dd}  {payment.Clause,-5} {Words.InTongue(Names.Of(payment.Kind)),-28} {Figure(payment.Amount),18} {Figure(payment.Cumulative),20}"));
        }

        Line("合计（低／中／高）", "total (low / base / high)", quote.Low.Total, quote.Base.Total, quote.High.Total);
        Line("现值（低／中／高）", "present value (low / base / high)", quote.Low.PresentValue, quote.Base.PresentValue, quote.High.PresentValue);
        Line(quote.IsUnbounded ? "最坏情形（销售更高则更多）" : "最坏情形", quote.IsUnbounded ? "worst case (more with more sales)" : "worst case", quote.WorstCase);
    }

    private static void Line(string zh, string en, params Money[] amounts) =>
        Console.WriteLine($"  {Words.InTongue(new(zh, en))}: {string.Join(" / ", amounts.Select(Figure))}");

    private static string Figure(Money money)
    {
        var written = money.Format(CultureInfo.InvariantCulture);
        return written[(written.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }

    private static IEnumerable<(string Name, AgreementTerms Terms)> AllTerms(ParseResult parsed)
    {
        var files = parsed.GetValue(Terms) ?? [];
        if (parsed.GetValue(Template) is { } template)
        {
            var templates = new ContractTemplates();
            var filled = files.Length == 0 ? [(template, [])] : files.Select(f => (f.Name, Read<Dictionary<string, JsonElement>>(f))).ToList();
            return filled.Select(f => (f.Item1, Value(templates.Fill(template, null, f.Item2), f.Item1)));
        }

        return files.Length > 0 ? files.Select(f => (f.Name, Read<AgreementTerms>(f))) : throw new FormatException("--terms or --template is needed");
    }

    private static QuoteAssumptions Assumptions(ParseResult parsed)
    {
        var assumptions = parsed.GetValue(Assume) is { } file ? Read<QuoteAssumptions>(file) : new QuoteAssumptions(LocalTime.DateOf(TimeProvider.System.GetUtcNow()));
        if (parsed.GetValue(Sales) is not { } sales)
        {
            return assumptions;
        }

        try
        {
            using var csv = Open(sales);
            return assumptions with { Sales = SalesCsv.Read(csv) };
        }
        catch (FormatException bad)
        {
            throw new FormatException($"{sales.Name}:{bad.Message}", bad);
        }
    }

    private static T Read<T>(FileInfo file)
    {
        using var text = Open(file);
        try
        {
            return JsonSerializer.Deserialize<T>(text.ReadToEnd(), RequestReader.Strict) ?? throw new FormatException($"{file.Name}: null");
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"{file.Name}:{malformed.LineNumber + 1}: {malformed.Path} {malformed.Message}", malformed);
        }
    }

    private static StreamReader Open(FileInfo file) => file.Exists ? file.OpenText() : throw new FormatException($"{file.Name}: no such file");

    private static T Value<T>(Result<T> result, string name) => result.Refusal is { } refusal
        ? throw new FormatException($"{name}: {refusal.Field} {Words.InTongue(new(refusal.Zh, refusal.En))}")
        : result.Value;
}
