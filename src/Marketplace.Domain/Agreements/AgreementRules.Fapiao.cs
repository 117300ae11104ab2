using Marketplace.Domain.Files;

namespace Marketplace.Domain.Agreements;

// E-fapiao for what was invoiced. They are facts of another register, that of the tax authority: nothing is owed or paid by them, so they may
// come in whatever stage, also when all is paid.
public sealed partial class AgreementRules
{
    private const int MostFapiao = 2_000;

    /// <summary>
    /// A file that is an original: electronic vouchers are archived in the form in which they were issued (Ministry of Finance and National Archives
    /// Administration, Caikuai 财会〔2020〕6号), so a picture of one is none.
    /// </summary>
    public static IReadOnlyList<string> FapiaoFileTypes { get; } = [FileTypes.Pdf, FileTypes.Ofd, FileTypes.Xml];

    /// <summary>
    /// How much of a sum's principal may still be put on fapiao: what arose, less what was given up or moved to a plan of its own, less those that
    /// stand. Negative when a fapiao stood before: a red one is due then.
    /// </summary>
    public static long LeftForFapiaoMinor(Agreement a, int obligation)
    {
        var principal = a.Owed(obligation).Principal;
        return principal.ChargedMinor - principal.WaivedMinor - a.FapiaoMinor(obligation);
    }

    private static Refusal? RecordFapiao(Story story, RecordFapiao c)
    {
        if ((By(story, Party.Lab, out var party, orAdministrator: true) ?? Existing(story, c.Obligation, "obligation")) is { } refusal)
        {
            return refusal;
        }

        if (!story.Now.Owed(c.Obligation).WasInvoiced)
        {
            return Refusal.State("obligation-not-invoiced", "这一笔尚未开具账单。", "This sum has not been invoiced.");
        }

        if (CheckPaper(story, c.Number, c.IssuedOn, c.File) is { } unfit)
        {
            return unfit;
        }

        if ((Positive(c.Total, "total") ?? CheckTax(c.Total, c.Tax)) is { } wrong)
        {
            return wrong;
        }

        // One code names one organisation.
        if (OrganisationId.ForUscc(c.Buyer) != story.Now.Company)
        {
            return Refusal.Invalid("fapiao-buyer", "购买方须为合同中的企业（按统一社会信用代码）。", "The buyer must be the company of the agreement, by its unified social credit code.", "buyer");
        }

        if (c.Total.AmountMinor > LeftForFapiaoMinor(story.Now, c.Obligation))
        {
            return OverPrincipal(story, c.Obligation) with { Field = "total.amountMinor" };
        }

        story.Tell(new FapiaoRecorded(story.Now.Fapiao.Count + 1, c.Obligation, c.Number, c.IssuedOn, c.Total, c.Tax, c.Buyer, c.File, party, story.Today));
        return null;
    }

    private static Refusal? RecordRedFapiao(Story story, RecordRedFapiao c)
    {
        if ((By(story, Party.Lab, out var party, orAdministrator: true) ?? KnownFapiao(story, c.Blue, "blue")) is { } refusal)
        {
            return refusal;
        }

        var blue = story.Now.Fapiao[c.Blue - 1];
        if (blue is { Blue: not null } or { Stands: false })
        {
            return Refusal.Invalid("fapiao-not-blue", "红字发票只能冲销一张有效的蓝字发票。", "A red fapiao takes back a blue one that stands.", "blue");
        }

        if (CheckPaper(story, c.Number, c.IssuedOn, c.File) is { } unfit)
        {
            return unfit;
        }

        if (c.IssuedOn < blue.IssuedOn)
        {
            return Refusal.Invalid("dates-out-of-order", "红字发票不能早于所冲销的蓝字发票。", "A red fapiao is not issued before the blue one.", "issuedOn");
        }

        if (c.Total.AmountMinor >= 0)
        {
            return Refusal.Invalid("fapiao-not-negative", "红字发票的金额为负数。", "The amount of a red fapiao is negative.", "total.amountMinor");
        }

        if (CheckTax(c.Total, c.Tax) is { } wrong)
        {
            return wrong;
        }

        var (total, tax) = LeftOf(story.Now, blue);
        if (-(Int128)c.Total.AmountMinor > total || -c.Tax.AmountMinor > tax)
        {
            return Refusal.Invalid(
                "fapiao-over-blue", $"蓝字发票至多还可冲销 {Yuan(total)}，其中税额 {Yuan(tax)}。", $"At most {Yuan(total)}, of it tax {Yuan(tax)}, is left of the blue fapiao.",
                -(Int128)c.Total.AmountMinor > total ? "total.amountMinor" : "tax.amountMinor");
        }

        if (tax + c.Tax.AmountMinor > total + c.Total.AmountMinor)
        {
            return Refusal.Invalid("fapiao-tax", "冲销后剩余的税额不能大于剩余的合计。", "No more tax can be left of the blue fapiao than is left of its total.", "tax.amountMinor");
        }

        story.Tell(new RedFapiaoRecorded(story.Now.Fapiao.Count + 1, blue.Obligation, c.Number, c.Blue, c.IssuedOn, c.Total, c.Tax, c.File, party, story.Today));
        return null;
    }

    private static Refusal? WithdrawFapiaoRecord(Story story, WithdrawFapiaoRecord c)
    {
        if ((By(story, Party.Lab, out var party, orAdministrator: true) ?? KnownFapiao(story, c.Record, "record") ?? Text(c.Reason, "reason", 500)) is { } refusal)
        {
            return refusal;
        }

        var record = story.Now.Fapiao[c.Record - 1];
        if (!record.Stands)
        {
            return Refusal.State("fapiao-withdrawn", "该登记已撤销。", "This record is withdrawn already.");
        }

        if (story.Now.Fapiao.Any(f => f.Stands && f.Blue == c.Record))
        {
            return Refusal.State("fapiao-has-red", "请先撤销冲销它的红字发票登记。", "Withdraw the records of the red fapiao that take it back first.");
        }

        // A waiver since does not keep a mistake from being put right: a red one is due then, and was before it.
        if (record.Blue is not null && story.Now.FapiaoMinor(record.Obligation) - record.TotalMinor > story.Now.Owed(record.Obligation).Principal.ChargedMinor)
        {
            return OverPrincipal(story, record.Obligation);
        }

        story.Tell(new FapiaoRecordWithdrawn(c.Record, record.Number, c.Reason, party, story.Today));
        return null;
    }

    /// <summary>What every fapiao has, blue or red.</summary>
    private static Refusal? CheckPaper(Story story, FapiaoNumber number, DateOnly issuedOn, StoredFile file)
    {
        if (story.Now.Terms.Currency != Currency.Cny)
        {
            return Refusal.State("fapiao-in-yuan", "发票以人民币开具，只能登记在人民币合同下。", "Fapiao are issued in yuan, and recorded under agreements in yuan only.");
        }

        if (number.Value is null)
        {
            return Refusal.Invalid("fapiao-number-length", "请填写发票号码。", "Give the number of the fapiao.", "number");
        }

        if (issuedOn > story.Today || issuedOn < story.Now.EffectiveOn)
        {
            return Refusal.Invalid(
                "fapiao-date", "开票日期须在合同生效之后且不晚于今天。", "A fapiao is issued after the agreement has taken effect, and not in the future.", "issuedOn");
        }

        if (number.Year is { } year && year != issuedOn.Year)
        {
            return Refusal.Invalid("fapiao-year", $"按号码，该发票开具于 {year} 年。", $"By its number this fapiao was issued in {year}.", "issuedOn");
        }

        if (story.Now.Fapiao.Any(f => f.Stands && f.Number == number))
        {
            return Refusal.State("fapiao-recorded", "该发票已登记。", "This fapiao is recorded already.") with { Field = "number" };
        }

        if (!FapiaoFileTypes.Contains(file.MediaType) || file.Bytes <= 0)
        {
            return Refusal.Invalid("file-type", "文件须为发票原件：PDF、OFD 或 XML。", "The file must be the original of the fapiao: PDF, OFD or XML.", "file");
        }

        return Sha256Hex.Check(file.Sha256, "file") ?? (story.Now.Fapiao.Count < MostFapiao
            ? null
            : Refusal.State("fapiao-too-many", $"每份合同至多登记{MostFapiao}张发票。", $"An agreement takes at most {MostFapiao} fapiao."));
    }

    /// <summary>The tax is a part of the total, of the same sign.</summary>
    private static Refusal? CheckTax(Money total, Money tax) =>
        total.Currency != Currency.Cny ? Refusal.Invalid("currency-differs", "合同币种为 CNY。", "The agreement is in CNY.", "total.currency")
        : tax.Currency != Currency.Cny ? Refusal.Invalid("currency-differs", "合同币种为 CNY。", "The agreement is in CNY.", "tax.currency")
        : tax.AmountMinor == 0 || (Math.Sign(tax.AmountMinor) == Math.Sign(total.AmountMinor) && (Int128)Math.Sign(total.AmountMinor) * ((Int128)total.AmountMinor - tax.AmountMinor) > 0) ? null
        : Refusal.Invalid("fapiao-tax", "税额是价税合计的一部分，须小于合计且同号。", "The tax is a part of the total: less than it, and of the same sign.", "tax.amountMinor");

    private static Refusal? KnownFapiao(Story story, int record, string field) => record >= 1 && record <= story.Now.Fapiao.Count
        ? null
        : Refusal.Invalid("fapiao-unknown", "合同没有这一条发票登记。", "The agreement has no such record of a fapiao.", field);

    /// <summary>What the red ones that stand have left of a blue one.</summary>
    private static (long TotalMinor, long TaxMinor) LeftOf(Agreement a, FapiaoRecord blue)
    {
        var reds = a.Fapiao.Where(f => f.Stands && f.Blue == blue.Record).ToArray();
        return (blue.TotalMinor + reds.Sum(f => f.TotalMinor), blue.TaxMinor + reds.Sum(f => f.TaxMinor));
    }

    private static Refusal OverPrincipal(Story story, int obligation)
    {
        var left = Yuan(Math.Max(0, LeftForFapiaoMinor(story.Now, obligation)));
        return Refusal.State(
            "fapiao-over-principal", $"发票合计不能超过本金：第 {obligation} 笔还可登记 {left}。", $"Fapiao together are not more than the principal: {left} is left of sum {obligation}.");
    }

    private static string Yuan(long amountMinor) => new Money(amountMinor, Currency.Cny).ToString();
}
