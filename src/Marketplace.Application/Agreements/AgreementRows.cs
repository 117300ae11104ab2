using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Agreements;

/// <summary>What lists of agreements show and filter by.</summary>
/// <param name="OutstandingMinor">All that is open of it, in its currency, contested sums included.</param>
/// <param name="OverdueMinor">Of that: what is overdue.</param>
/// <param name="StepsWaiting">Steps of the ladder that wait for an administrator's approval.</param>
/// <param name="HoldsApplications">The company may not apply for anything new until it has paid.</param>
/// <param name="ThirdParty">Guarantor or broker that signs too; null: none.</param>
/// <param name="PaymentCode">In the references of transfers that pay it, see <see cref="RemittanceReference"/>.</param>
/// <param name="ReportPeriod">The period to be reported next; null: none.</param>
/// <param name="TermsOpenUntil">Last day on which the newest terms can be accepted; null: nobody negotiates.</param>
/// <param name="ToSignSince">Since when signatures are waited for; null: they are not.</param>
/// <param name="WaitsFor">Of negotiated terms or signatures: who has yet to give theirs.</param>
[ReadTable("agreements")]
public sealed record AgreementRow(
    string Agreement,
    string Offer,
    string Result,
    string Lab,
    string Company,
    Stage Stage,
    AgreementState State,
    string Currency,
    int TermsVersion,
    DateOnly AppliedOn,
    DateOnly? EffectiveOn,
    DateOnly? TrialEndsOn,
    DateOnly? ConvertedOn,
    DateOnly? LicenceEndsOn,
    int OpenDisputes,
    long OutstandingMinor,
    long OverdueMinor,
    int StepsWaiting,
    bool HoldsApplications,
    string? ThirdParty,
    string PaymentCode,
    int? ReportPeriod,
    DateOnly? ReportDueOn,
    DateOnly? TermsOpenUntil,
    DateOnly? ToSignSince,
    Party? WaitsFor) : IReadRow;

/// <summary>One sum of an agreement.</summary>
/// <param name="AmountMinor">Principal as it arose.</param>
/// <param name="InterestMinor">Late interest charged so far.</param>
/// <param name="CostsMinor">Enforcement costs charged so far.</param>
/// <param name="AllocatedMinor">Of all three: what receipts have paid.</param>
/// <param name="WaivedMinor">Of all three: what was waived, found not to be owed, moved to a hardship plan, or settled in kind.</param>
/// <param name="OutstandingMinor">Of all three: what is still open.</param>
/// <param name="StepsWaiting">Steps of the ladder that wait for an administrator's approval, by name, separated by spaces.</param>
/// <param name="FapiaoLeftMinor">Of the principal, once it is invoiced: what stands on no fapiao yet.</param>
[ReadTable("obligations", keyLength: 2)]
public sealed record ObligationRow(
    string Agreement,
    int Number,
    string Lab,
    string Company,
    ObligationKind Kind,
    int Trigger,
    int? Period,
    DateOnly DueOn,
    ObligationStatus Status,
    bool WasInvoiced,
    string Currency,
    long AmountMinor,
    long InterestMinor,
    long CostsMinor,
    long AllocatedMinor,
    long WaivedMinor,
    long OutstandingMinor,
    long ContestedMinor,
    string? StepsWaiting,
    long FapiaoLeftMinor) : IReadRow;

/// <summary>A fapiao as it was recorded: see <see cref="FapiaoRecord"/>.</summary>
[ReadTable("fapiao", keyLength: 2)]
public sealed record FapiaoRow(
    string Agreement, int Record, string Lab, string Company, int Obligation, string Number, int? Blue, DateOnly IssuedOn, string Currency, long TotalMinor, long TaxMinor,
    bool IsWithdrawn) : IReadRow;

/// <summary>Money that is to move outside, or has.</summary>
/// <param name="Bundle">Of a collection for several obligations: their numbers, separated by spaces.</param>
/// <param name="FeeMinor">What the provider has kept for it.</param>
/// <param name="NextLookAtUtc">When the provider is asked again; null once it is concluded.</param>
[ReadTable("payment_intents")]
public sealed record PaymentIntentRow(
    string Intent,
    string Agreement,
    IntentKind Kind,
    IntentStatus Status,
    string Provider,
    string Method,
    string? Payee,
    int? Obligation,
    string Currency,
    long AmountMinor,
    long MovedMinor,
    string? ExternalId,
    DateTime? NextLookAtUtc,
    string? Bundle,
    long FeeMinor) : IReadRow;

/// <summary>Money of a receipt that went back without our asking, or may: see <see cref="Reversal"/>.</summary>
[ReadTable("receipt_reversals", keyLength: 2)]
public sealed record ReceiptReversalRow(
    string Agreement, int Number, int Receipt, string? Provider, string Reference, string Currency, long AmountMinor, ReversalStatus Status) : IReadRow;

/// <summary>Balance of one account of one agreement.</summary>
/// <param name="BalanceMinor">Debit positive.</param>
[ReadTable("account_balances", keyLength: 3)]
public sealed record AccountBalanceRow(string Agreement, string Account, string Currency, long BalanceMinor) : IReadRow;

/// <summary>What a lab has received by an agreement in a year: allocated to it, less the platform's fee.</summary>
/// <param name="BookedYear">The local year in which it was allocated.</param>
[ReadTable("lab_income", keyLength: 2)]
public sealed record LabIncomeRow(string Agreement, int BookedYear, string Lab, string Currency, long NetMinor) : IReadRow;

/// <summary>What an inventor has of an agreement.</summary>
/// <param name="Place">In the split, from 1.</param>
/// <param name="PoolPpm">Part of the net income that goes to all inventors together.</param>
/// <param name="SharePpm">Part of that for this one.</param>
/// <param name="PayableMinor">Divided and not paid out.</param>
/// <param name="IsHeld">An objection waits for its answer: nothing is paid out meanwhile.</param>
[ReadTable("inventor_shares", keyLength: 2)]
public sealed record InventorShareRow(
    string Agreement, int Place, string Lab, string Result, string Name, long PoolPpm, long SharePpm, string Currency, long PayableMinor, bool IsHeld) : IReadRow
{
    internal static IEnumerable<InventorShareRow> Of(Agreement a) => a.Inventors.Inventors.Select((inventor, index) => new InventorShareRow(
        a.Id.Value, index + 1, a.Lab.Value, a.Result.Value, inventor.Name, a.Inventors.PoolPpm, inventor.SharePpm, a.Terms.Currency.Code,
        -a.BalanceMinor(ChartOfAccounts.InventorPayable(index + 1), a.Terms.Currency), a.HasObjected(index + 1)));
}

/// <summary><see cref="AgreementFigures"/> of an agreement in effect.</summary>
[ReadTable("agreement_figures")]
public sealed record AgreementFiguresRow(
    string Agreement,
    string Lab,
    string Company,
    string Result,
    string Currency,
    DateOnly EffectiveOn,
    string LabSignatory,
    string CompanySignatory,
    string? ThirdPartyName,
    string? ThirdPartyUscc,
    long ContractSumMinor,
    long? RoyaltyPpm,
    long? UsualNetMinor,
    long? LastNetMinor,
    long? ReachedMinor,
    long? ThresholdMinor) : IReadRow
{
    public static AgreementFiguresRow Of(AgreementFigures f) => new(
        f.Agreement.Value, f.Lab.Value, f.Company.Value, f.Result.Value, f.Currency.Code, f.EffectiveOn, f.LabSignatory, f.CompanySignatory,
        f.ThirdPartyName, f.ThirdPartyUscc, f.ContractSumMinor, f.RoyaltyPpm,
        f.Nearing?.UsualNetMinor, f.Nearing?.LastNetMinor, f.Nearing?.ReachedMinor, f.Nearing?.ThresholdMinor);

    internal AgreementFigures Figures() => new(
        AgreementId.Wrap(Agreement), OrganisationId.Wrap(Lab), OrganisationId.Wrap(Company), LabResultId.Wrap(Result), Domain.Currency.Parse(Currency).Value,
        EffectiveOn, LabSignatory, CompanySignatory, ThirdPartyName, ThirdPartyUscc, ContractSumMinor, RoyaltyPpm,
        ThresholdMinor is { } threshold ? new NearingThreshold(UsualNetMinor!.Value, LastNetMinor!.Value, ReachedMinor!.Value, threshold) : null);
}

/// <summary>How much the sales reports of an agreement deserve a second look, as far as it shows by itself: see <see cref="ReportRisk"/>.</summary>
/// <param name="Reports">How many periods are reported or estimated; there is no row before the first.</param>
/// <param name="Reasons">Names of the reasons, separated by spaces.</param>
/// <param name="MonthlyNetMinor">Median of a month's reported net sales; null when the company has reported nothing.</param>
[ReadTable("report_risks")]
public sealed record ReportRiskRow(
    string Agreement,
    string Lab,
    string Company,
    string Result,
    string Currency,
    int Reports,
    int Score,
    int WeightsVersion,
    string Reasons,
    long? MonthlyNetMinor) : IReadRow;

/// <summary>All rows of an agreement, from its state alone: whoever recomputes them must find what is stored.</summary>
public static class AgreementRows
{
    public static IEnumerable<IReadRow> Of(Agreement a)
    {
        if (a.Stage == Stage.None)
        {
            yield break;
        }

        yield return Summary(a);
        foreach (var owed in a.Obligations)
        {
            yield return Row(a, owed);
        }

        foreach (var f in a.Fapiao)
        {
            yield return new FapiaoRow(
                a.Id.Value, f.Record, a.Lab.Value, a.Company.Value, f.Obligation, f.Number.Value, f.Blue, f.IssuedOn, Domain.Currency.Cny.Code, f.TotalMinor, f.TaxMinor, !f.Stands);
        }

        foreach (var intent in a.Intents)
        {
            yield return new PaymentIntentRow(
                intent.Id.Value, a.Id.Value, intent.Kind, intent.Status, intent.Provider, intent.Method, intent.Payee, intent.Obligation,
                intent.Amount.Currency.Code, intent.Amount.AmountMinor, intent.MovedMinor, intent.ExternalId,
                intent.IsOpen ? intent.NextLookUtc.UtcDateTime : null, intent.Bundle is { } bundle ? string.Join(' ', bundle) : null, intent.FeeMinor);
        }

        foreach (var reversal in a.Reversals)
        {
            var receipt = a.Receipts[reversal.Receipt - 1];
            yield return new ReceiptReversalRow(
                a.Id.Value, reversal.Number, reversal.Receipt, receipt.Provider, reversal.Reference, receipt.Amount.Currency.Code, reversal.AmountMinor, reversal.Status);
        }

        foreach (var (key, balanceMinor) in a.Balances)
        {
            var (account, currency) = Agreement.AccountOf(key);
            yield return new AccountBalanceRow(a.Id.Value, account, currency, balanceMinor);
        }

        foreach (var (year, netMinor) in a.IncomeMinor)
        {
            yield return new LabIncomeRow(a.Id.Value, year, a.Lab.Value, a.Terms.Currency.Code, netMinor);
        }

        foreach (var share in InventorShareRow.Of(a))
        {
            yield return share;
        }

        if (AgreementFigures.Of(a) is { } figures)
        {
            yield return AgreementFiguresRow.Of(figures);
        }

        if (a.Reports.Count > 0)
        {
            var risk = ReportRisk.Of(a, RiskWeights.Current);
            yield return new ReportRiskRow(
                a.Id.Value, a.Lab.Value, a.Company.Value, a.Result.Value, a.Terms.Currency.Code, a.Reports.Count, risk.Score, risk.WeightsVersion,
                string.Join(' ', risk.Reasons.Select(r => r.Kind)), ReportRisk.MedianMonthlyNetMinor(a));
        }

        var stream = $"agreement/{a.Id}";
        yield return DueWork.Row(stream, DueWork.Obligations, AgreementRules.NextWakeUtc(a, WakePurpose.Obligations));
        yield return DueWork.Row(stream, DueWork.Trial, AgreementRules.NextWakeUtc(a, WakePurpose.Trial));
        yield return DueWork.Row(stream, DueWork.Intent, AgreementRules.NextIntentLookUtc(a));
    }

    private static AgreementRow Summary(Agreement a)
    {
        var report = a.Stage is Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached ? AgreementRules.NextPeriod(a) : null;
        return new AgreementRow(
            a.Id.Value, a.Offer.Value, a.Result.Value, a.Lab.Value, a.Company.Value, a.Stage, a.State, a.Terms.Currency.Code,
            a.Newest.Version, a.Proposals[0].On, a.EffectiveOn, a.TrialEndsOn, a.ConvertedOn, a.LicenceEndsOn,
            a.Disputes.Count(d => d.IsOpen),
            a.Obligations.Sum(o => o.OutstandingMinor),
            a.Obligations.Where(o => o.IsOverdue).Sum(o => o.OutstandingMinor),
            a.Obligations.Sum(o => o.Proposed.Count),
            a.Obligations.Any(o => o.IsOverdue && o.HasReached(a.Terms, EnforcementStep.Hold)),
            ThirdParty.Of(a.Terms)?.Organisation.Value,
            RemittanceReference.CodeOf(a.Id),
            report?.Number,
            report?.ReportDueOn,
            a.Stage == Stage.Negotiating ? AgreementRules.OpenUntil(a) : null,
            a.Stage == Stage.Agreed ? a.LastMovedOn : null,
            a.Stage switch
            {
                Stage.Negotiating => Party.Both & ~a.AcceptedBy,
                Stage.Agreed => a.Signatories & ~a.SignedBy,
                _ => null,
            });
    }

    private static ObligationRow Row(Agreement a, Obligation owed) => new(
        a.Id.Value, owed.Number, a.Lab.Value, a.Company.Value, owed.Kind, owed.Trigger, owed.Period, owed.DueOn, owed.Status, owed.WasInvoiced,
        a.Terms.Currency.Code, owed.Principal.ChargedMinor, owed.Interest.ChargedMinor, owed.Costs.ChargedMinor,
        owed.Principal.AllocatedMinor + owed.Interest.AllocatedMinor + owed.Costs.AllocatedMinor,
        owed.Principal.WaivedMinor + owed.Principal.InKindMinor + owed.Interest.WaivedMinor + owed.Costs.WaivedMinor,
        owed.OutstandingMinor, owed.ContestedMinor,
        owed.Proposed.Count == 0 ? null : string.Join(' ', owed.Proposed.Select(p => p.Step)),
        owed.WasInvoiced && a.Terms.Currency == Domain.Currency.Cny ? Math.Max(0, AgreementRules.LeftForFapiaoMinor(a, owed.Number)) : 0);
}
