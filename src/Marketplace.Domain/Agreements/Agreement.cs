using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>A use-first-pay-later agreement between a lab and a company: everything that its rules need to decide. Built only from its events.</summary>
public sealed record Agreement
{
    public static readonly Agreement None = new();

    public Stage Stage { get; init; }

    public AgreementId Id { get; init; }

    public OfferId Offer { get; init; }

    public LabResultId Result { get; init; }

    public OrganisationId Lab { get; init; }

    public OrganisationId Company { get; init; }

    public ImmutableList<TermsProposal> Proposals { get; init; } = [];

    /// <summary>Of the newest standing version.</summary>
    public Party AcceptedBy { get; init; }

    public DateOnly? TakenUpOn { get; init; }

    /// <summary>When a party last did something in the negotiation: silence is counted from here.</summary>
    public DateOnly? LastMovedOn { get; init; }

    public Party SignedBy { get; init; }

    /// <summary>The person who signed for the lab; null: not signed.</summary>
    public string? LabSignatory { get; init; }

    /// <summary>The person who signed for the company; null: not signed.</summary>
    public string? CompanySignatory { get; init; }

    /// <summary>Hash of the document that the parties sign; set when one version is accepted by both.</summary>
    public string? DocumentHash { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    public DateOnly? FilingDueOn { get; init; }

    public bool FilingMissed { get; init; }

    public Filing? Filing { get; init; }

    public DateOnly? AcceptanceDueOn { get; init; }

    public DateOnly? TrialStartedOn { get; init; }

    public DateOnly? TrialEndsOn { get; init; }

    /// <summary>Months of an extension that the company asks for and the lab has not answered.</summary>
    public int? ExtensionAskedMonths { get; init; }

    /// <summary>Months by which the trial was extended; 0: not yet.</summary>
    public int ExtendedByMonths { get; init; }

    /// <summary>Days before the end of the trial for which notice was already given.</summary>
    public ImmutableList<int> TrialNotices { get; init; } = [];

    /// <summary>The entry with number n is at index n − 1.</summary>
    public ImmutableList<TrialEntry> TrialLog { get; init; } = [];

    /// <summary>The result of the trial, as last put before the other party.</summary>
    public TrialSignOff? SignOff { get; init; }

    public DateOnly? ConvertedOn { get; init; }

    public DateOnly? CureEndsOn { get; init; }

    public InventorSplit Inventors { get; init; } = InventorSplit.None;

    /// <summary>How often the split has changed, and one.</summary>
    public int SplitVersion { get; init; } = 1;

    /// <summary>The objection of an inventor with number n is at index n − 1.</summary>
    public ImmutableList<DistributionObjection> Objections { get; init; } = [];

    /// <summary>The obligation with number n is at index n − 1.</summary>
    public ImmutableList<Obligation> Obligations { get; init; } = [];

    public ImmutableList<SalesPeriod> Reports { get; init; } = [];

    /// <summary>Invoices that show sales, as they came.</summary>
    public ImmutableList<SalesEvidence> SalesEvidence { get; init; } = [];

    /// <summary>The fapiao with record number n is at index n − 1.</summary>
    public ImmutableList<FapiaoRecord> Fapiao { get; init; } = [];

    /// <summary>What the company expected to sell, as it said so: of two for one period the later one counts.</summary>
    public ImmutableList<MonthlyForecast> Forecasts { get; init; } = [];

    /// <summary>Number of the last period that is reported, once the company has bought itself out; 0: it never had to report one.</summary>
    public int? BoughtOutAfterPeriod { get; init; }

    /// <summary>The claim with number n is at index n − 1.</summary>
    public ImmutableList<GuaranteeClaim> GuaranteeClaims { get; init; } = [];

    /// <summary>A hardship plan that is not decided yet.</summary>
    public HardshipRequest? Hardship { get; init; }

    /// <summary>How often the payment schedule has been replaced by a hardship plan, and one.</summary>
    public int ScheduleVersion { get; init; } = 1;

    /// <summary>Reminders already sent for the period that is to be reported next.</summary>
    public int MissingReportSteps { get; init; }

    public ImmutableDictionary<int, TriggerClaim> Claims { get; init; } = ImmutableDictionary<int, TriggerClaim>.Empty;

    public ImmutableList<Dispute> Disputes { get; init; } = [];

    public ImmutableList<Receipt> Receipts { get; init; } = [];

    /// <summary>The money that went back with number n, or may, is at index n − 1.</summary>
    public ImmutableList<Reversal> Reversals { get; init; } = [];

    /// <summary>References of what was paid to the tax office.</summary>
    public ImmutableList<string> TaxRemittances { get; init; } = [];

    /// <summary>Where it stood when it was closed; None: it was not.</summary>
    public Stage ClosedIn { get; init; }

    /// <summary>Net income of the lab by the local year in which receipts were allocated, minor units of the agreement's currency.</summary>
    public ImmutableSortedDictionary<int, long> IncomeMinor { get; init; } = ImmutableSortedDictionary<int, long>.Empty;

    /// <summary>The payment intent with ordinal n is at index n − 1.</summary>
    public ImmutableList<PaymentIntent> Intents { get; init; } = [];

    public CollectionMandate? Mandate { get; init; }

    /// <summary>Balance per account and currency; debit positive. Only accounts that have moved.</summary>
    public ImmutableSortedDictionary<string, long> Balances { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>The newest version that stands. There is always one: the offer cannot be taken back.</summary>
    [JsonIgnore]
    public TermsProposal Newest
    {
        get
        {
            var i = Proposals.Count - 1;
            while (Proposals[i].Status != ProposalStatus.Standing)
            {
                i--;
            }

            return Proposals[i];
        }
    }

    public ImmutableList<ServedDemand> Served { get; init; } = [];

    /// <summary>The amendment with number n is at index n − 1.</summary>
    public ImmutableList<Amendment> Amendments { get; init; } = [];

    /// <summary>What was signed, as amended since; null: never amended.</summary>
    public AgreementTerms? AmendedTerms { get; init; }

    /// <summary>Agreed terms: those of the newest standing version, as amended.</summary>
    [JsonIgnore]
    public AgreementTerms Terms => AmendedTerms ?? Newest.Terms;

    /// <summary>Everybody who must sign.</summary>
    [JsonIgnore]
    public Party Signatories => Party.Both | (ThirdParty.Of(Terms) is null ? Party.None : Party.Third);

    /// <summary>What people see: an open dispute shows, whatever else goes on.</summary>
    public AgreementState State => Disputes.Any(d => d.IsOpen) ? AgreementState.Disputed : (AgreementState)Stage;

    public DateOnly? LicenceEndsOn => ConvertedOn is { } start ? LocalTime.AddMonths(start, Terms.CommercialMonths) : null;

    /// <summary>An inventor objects to the split that holds today: nothing is divided in it until the lab has answered.</summary>
    [JsonIgnore]
    public bool IsSplitDisputed => Objections.Any(o => o.IsOpen && o.SplitVersion == SplitVersion);

    /// <summary>Nothing is paid to an inventor whose objection waits for an answer.</summary>
    public bool HasObjected(int inventor) => Objections.Any(o => o.IsOpen && o.Inventor == inventor);

    public long BalanceMinor(string account, Currency currency) => Balances.GetValueOrDefault(BalanceKey(account, currency));

    /// <summary>Client money of it, at all providers together.</summary>
    public long CashMinor(Currency currency) => Balances
        .Where(b => AccountOf(b.Key) is var (account, code) && code == currency.Code && Ledger.ChartOfAccounts.IsCash(account))
        .Sum(b => b.Value);

    /// <summary>What a payment has changed the client money with its provider by: receipts of it less what went back, or what was paid out; less fees.</summary>
    public long AtProviderMinor(PaymentIntent intent) => checked(intent.Kind switch
    {
        IntentKind.Collection => Receipts.Where(r => r.Source == intent.Provider && r.Reference.Split('#')[0] == intent.Id.Value)
            .Sum(r => r.Amount.AmountMinor - Reversals.Where(v => v.Receipt == r.Number && v.Status != ReversalStatus.Released).Sum(v => v.AmountMinor)),
        IntentKind.Recovery => intent.MovedMinor,
        _ => -intent.MovedMinor,
    } - intent.FeeMinor);

    /// <summary>What the company had said of this period before it began; null: nothing.</summary>
    public MonthlyForecast? ForecastOf(int period) => Forecasts.FindLast(f => f.FromPeriod <= period);

    /// <summary>What stands on fapiao for a sum: blue ones less red ones.</summary>
    public long FapiaoMinor(int obligation) => Fapiao.Where(f => f.Stands && f.Obligation == obligation).Sum(f => f.TotalMinor);

    public Obligation Owed(int number) => Obligations[number - 1];

    public PaymentIntent? Intent(PaymentIntentId id) => Intents.FirstOrDefault(i => i.Id == id);

    /// <summary>The parts of a key of <see cref="Balances"/>.</summary>
    public static (string Account, string CurrencyCode) AccountOf(string balanceKey)
    {
        var bar = balanceKey.LastIndexOf('|');
        return (balanceKey[..bar], balanceKey[(bar + 1)..]);
    }

    internal static string BalanceKey(string account, Currency currency) => $"{account}|{currency.Code}";
}

/// <summary>How far the agreement has come, in the words of the domain. The same names and numbers as <see cref="AgreementState"/>, which adds the dispute.</summary>
public enum Stage
{
    None,
    Applied,
    Declined,
    Withdrawn,
    Negotiating,
    Agreed,
    Signed,
    Filed,
    Delivered,
    InTrial,
    Extended,
    DecisionDue,
    Converted,
    Returned,
    Expired,
    Overdue,
    Cure,
    Breached,
    Terminated,
    Settled,
    Closed,
}

/// <summary>A stage, or disputed.</summary>
public enum AgreementState
{
    None,
    Applied,
    Declined,
    Withdrawn,
    Negotiating,
    Agreed,
    Signed,
    Filed,
    Delivered,
    InTrial,
    Extended,
    DecisionDue,
    Converted,
    Returned,
    Expired,
    Overdue,
    Cure,
    Breached,
    Terminated,
    Settled,
    Closed,
    Disputed,
}

[Flags]
public enum Party
{
    None = 0,
    Lab = 1,
    Company = 2,
    Both = Lab | Company,

    /// <summary>Guarantor or broker, where the terms name one: signs, and does not negotiate.</summary>
    Third = 4,
}

/// <summary>A numbered version of the terms. Numbers are never used again.</summary>
public sealed record TermsProposal(int Version, Party By, AgreementTerms Terms, string? Note, DateOnly On)
{
    /// <summary>The version that stood when this one was proposed, and with which it is compared; null of the offer.</summary>
    public int? Replaces { get; init; }

    /// <summary>The last day on which it can be accepted; null: as long as the negotiation lives.</summary>
    public DateOnly? ValidUntil { get; init; }

    public ProposalStatus Status { get; init; }

    /// <summary>The annex: what the trial has to show; null: nothing.</summary>
    public IReadOnlyList<AcceptanceCriterion>? Criteria { get; init; }

    /// <summary>What the other party says of single terms, the newest of each.</summary>
    public ImmutableList<TermStance> Stances { get; init; } = [];
}

public enum ProposalStatus
{
    Standing,
    Withdrawn,
    Lapsed,
}

/// <summary>What a party says of one term. Binds nobody: only a whole version is accepted.</summary>
/// <param name="Path">See <see cref="TermDifference"/>.</param>
public sealed record TermStance(string Path, Party By, Stance Stance, string? Note, DateOnly On);

public enum Stance
{
    Accepted,
    Contested,
}

/// <param name="Number">Given by the authority.</param>
public sealed record Filing(string Number, DateOnly On);

/// <summary>How income is shared with the people who made the result. Default by law at least half of the net income (Art. 45).</summary>
/// <param name="PoolPpm">Part of the net income that goes to all inventors together.</param>
/// <param name="Inventors">Their parts of the pool; sum 1 000 000.</param>
public sealed record InventorSplit(long PoolPpm, IReadOnlyList<InventorPart> Inventors)
{
    private const int MostInventors = 100;

    public static readonly InventorSplit None = new(0, []);

    /// <summary>Refuses with <c>inventors-missing</c>, <c>out-of-range</c>, <c>inventor-name-missing</c> or <c>shares-not-whole</c>.</summary>
    public static Refusal? Check(InventorSplit? split, string field)
    {
        if (split?.Inventors is not { } inventors || inventors.Count > MostInventors)
        {
            return Refusal.Invalid("inventors-missing", $"请列明发明人（最多{MostInventors}位）。", $"Name the inventors, at most {MostInventors}.", $"{field}.inventors");
        }

        if (split.PoolPpm is < 0 or > 1_000_000)
        {
            return Refusal.Invalid("out-of-range", "须在 0 与 1000000 之间。", "Must be between 0 and 1000000.", $"{field}.poolPpm");
        }

        for (var i = 0; i < inventors.Count; i++)
        {
            if (inventors[i] is not { Name: { } name } || name.Trim().Length is 0 or > 100)
            {
                return Refusal.Invalid("inventor-name-missing", "请写明发明人姓名（100字以内）。", "Name the inventor, in at most 100 characters.", $"{field}.inventors[{i}].name");
            }
        }

        return inventors.Count > 0 || split.PoolPpm > 0 ? Shares.Check([.. inventors.Select(i => i.SharePpm)], $"{field}.inventors") : null;
    }
}

/// <param name="Inventor">Place in the split, from 1.</param>
/// <param name="Receipt">Null: the split as a whole.</param>
/// <param name="SplitVersion">The split that is disputed.</param>
public sealed record DistributionObjection(int Number, int Inventor, int? Receipt, int SplitVersion, DateOnly On, bool IsOpen);

public sealed record InventorPart(string Name, long SharePpm);

/// <summary>One reported period, [From, To), as last corrected.</summary>
/// <param name="ReceivedOn">When the report came, or was given up and estimated.</param>
/// <param name="IsEstimate">The figures stand in for a report that did not come.</param>
/// <param name="Statement">Null: the company has said nothing yet.</param>
/// <param name="CorrectedDown">How often the company took net sales back that it had reported.</param>
public sealed record SalesPeriod(
    int Number, DateOnly From, DateOnly To, SalesFigures Figures, DateOnly ReceivedOn, bool IsEstimate = false, SalesStatement? Statement = null,
    int Corrections = 0, int CorrectedDown = 0);

/// <summary>Other dates for one sum, asked for by the company.</summary>
public sealed record HardshipRequest(int Obligation, IReadOnlyList<HardshipPart> Parts, bool WaiveInterest, DateOnly On, bool LabConsents);

/// <summary>A change of a signed agreement.</summary>
/// <param name="DocumentHash">SHA-256, hex, of what is signed.</param>
public sealed record Amendment(int Number, Party By, AmendmentChange Change, string? Note, string DocumentHash, DateOnly On, Party SignedBy, AmendmentStatus Status);

public enum AmendmentStatus
{
    Proposed,
    InEffect,
    Withdrawn,
}

/// <summary>What a guarantor is asked to pay first.</summary>
/// <param name="PaidMinor">By the guarantor, to the lab: so much of the lab's claim against the company is the guarantor's since.</param>
/// <param name="RecoveredMinor">By the company, to the guarantor.</param>
public sealed record GuaranteeClaim(int Obligation, long AmountMinor, DateOnly PayBy, long PaidMinor = 0, long RecoveredMinor = 0)
{
    public long SubrogatedMinor => PaidMinor - RecoveredMinor;
}

/// <summary>A claim that an event which makes money fall due has happened; silence confirms it.</summary>
/// <param name="By">None: the platform's data show it, or the company's own reports.</param>
public sealed record TriggerClaim(int Trigger, Party By, DateOnly OccurredOn, DateOnly ContestUntil, ClaimStatus Status, ClaimExpert? Expert = null);

/// <summary>Who is asked whether a contested event has happened.</summary>
/// <param name="Supports">Null while there is no opinion.</param>
public sealed record ClaimExpert(string Name, string Institution, bool? Supports)
{
    public bool HasSpoken => Supports is not null;
}

/// <summary>A demand that is proven to have arrived.</summary>
public sealed record ServedDemand(int Obligation, string Method, string Reference, DateOnly ServedOn);

public enum ClaimStatus
{
    Open,
    Contested,
    Confirmed,
    Rejected,
}

/// <param name="Contested">Obligation number → contested principal. Only this part stands still; the rest stays payable.</param>
public sealed record Dispute(int Number, Party By, DateOnly OpenedOn, ImmutableSortedDictionary<int, long> Contested, bool IsOpen);

/// <summary>Money that has arrived.</summary>
/// <param name="UnappliedMinor">What no obligation has claimed and nobody has sent back.</param>
/// <param name="NetUndistributedMinor">Lab's net income from it that is not yet divided with the inventors.</param>
/// <param name="GuaranteeClaim">The claim for which a guarantor paid it; null: it is the company's.</param>
/// <param name="SplitVersion">In which it was divided last; null: not yet.</param>
/// <param name="Provider">Which provider has the money; null: entered by hand.</param>
public sealed record Receipt(
    int Number, string Source, string Reference, Money Amount, long UnappliedMinor, long NetUndistributedMinor, int? GuaranteeClaim = null, int? SplitVersion = null,
    string? Provider = null)
{
    /// <summary>What it pays, in the order in which it was allocated.</summary>
    public ImmutableList<AllocationLine> Lines { get; init; } = [];

    /// <summary>Of what it pays: the platform's fee.</summary>
    public long FeeMinor { get; init; }

    /// <summary>Of what it pays: the broker's share.</summary>
    public long BrokerMinor { get; init; }

    /// <summary>Of what was distributed: the lab's share.</summary>
    public long LabMinor { get; init; }

    /// <summary>Of what was distributed: per inventor.</summary>
    public ImmutableList<long> InventorsMinor { get; init; } = [];

    /// <summary>What has gone back to where it came from without our asking.</summary>
    public long TakenBackMinor { get; init; }

    public long AllocatedMinor => Lines.Sum(l => l.AmountMinor);
}

/// <summary>Money of a receipt that went back, or may.</summary>
/// <param name="Reference">The bank's or the provider's own.</param>
public sealed record Reversal(int Number, int Receipt, string Reference, long AmountMinor, ReversalStatus Status);

public enum ReversalStatus
{
    /// <summary>A chargeback that is not decided.</summary>
    Held,

    /// <summary>A chargeback that was decided for the marketplace.</summary>
    Released,

    TakenBack,
}

/// <summary>The company's standing permission to collect at the due date.</summary>
public sealed record CollectionMandate(string Provider, string Method);
