using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Agreements;

/// <summary>Plays an agreement to its end in memory: parties that do what is assumed, and a company that reports and pays on the last day.</summary>
internal sealed class Rehearsal
{
    private const int MostCommands = 10_000;
    private static readonly TimeSpan TenInTheMorning = TimeSpan.FromHours(10);

    private readonly AgreementTerms terms;
    private readonly QuoteAssumptions assumed;
    private readonly long factorPpm;
    private readonly ReferenceData reference;
    private readonly Actor lab;
    private readonly Actor company;
    private readonly Actor administrator = new(ActorRole.Administrator, null, "rehearsal");

    private Agreement state;
    private DateTimeOffset nowUtc;
    private Refusal? refused;
    private int commands;

    /// <summary>From the application on.</summary>
    public Rehearsal(AgreementTerms terms, QuoteAssumptions assumed, long factorPpm, ReferenceData reference)
    {
        terms = terms with { Template = null }; // who else signs costs the company nothing, and is named later
        (this.terms, this.assumed, this.factorPpm, this.reference) = (terms, assumed, factorPpm, reference);
        lab = new(ActorRole.Lab, DerivedId.From<OrganisationId>("rehearsal", "lab"), "lab");
        company = new(ActorRole.Company, DerivedId.From<OrganisationId>("rehearsal", "company"), "company");
        state = AgreementRules.Initial;
        nowUtc = LocalTime.StartOf(assumed.EffectiveOn) + TenInTheMorning;
        Do(company, new ApplyForTrial(
            DerivedId.From<AgreementId>("rehearsal"), DerivedId.From<OfferId>("rehearsal"), DerivedId.From<LabResultId>("rehearsal"),
            lab.Organisation!.Value, company.Organisation!.Value, terms, InventorSplit.None,
            new ApplicationFacts(OfferStatus.Open, DateOnly.MaxValue, ResultStatus.Listed, OrganisationStatus.Verified, OrganisationStatus.Verified, IsHeld: false), null));
    }

    /// <summary>From where an agreement stands.</summary>
    public Rehearsal(Agreement agreement, QuoteAssumptions assumed, long factorPpm, ReferenceData reference, DateTimeOffset nowUtc)
    {
        (terms, this.assumed, this.factorPpm, this.reference, state, this.nowUtc) = (agreement.Terms, assumed, factorPpm, reference, agreement, nowUtc);
        lab = new(ActorRole.Lab, agreement.Lab, "lab");
        company = new(ActorRole.Company, agreement.Company, "company");
    }

    private DateOnly Today => LocalTime.DateOf(nowUtc);

    /// <summary>The agreement when nothing more can come of it, or what the rules refused.</summary>
    public Result<Agreement> Play()
    {
        while (refused is null)
        {
            Do(Actor.System, new EnforceDue(WakePurpose.Obligations));
            while (refused is null && Due() is { } move)
            {
                Do(move.By, move.Command);
            }

            if (refused is not null || NextUtc() is not { } next)
            {
                break;
            }

            nowUtc = next;
        }

        return refused is { } refusal ? refusal : state;
    }

    /// <summary>What one of the parties does at this moment, or null.</summary>
    private (Actor By, AgreementCommand Command)? Due() => state.Stage switch
    {
        Stage.Applied => (lab, new AcceptApplication()),
        Stage.Negotiating => (state.AcceptedBy.HasFlag(Party.Lab) ? company : lab, new AcceptTerms(state.Newest.Version)),
        Stage.Agreed => (NextSignatory(), new SignAgreement(state.DocumentHash!)),
        Stage.Signed => (lab, new FileAgreement("rehearsal")),
        Stage.Filed => (lab, new DeliverResult("rehearsal")),
        Stage.Delivered => (company, new AcceptDelivery()),
        Stage.InTrial or Stage.Extended or Stage.DecisionDue => Today >= ConvertsOn ? (company, new ConvertLicence()) : null,
        Stage.Converted or Stage.Overdue or Stage.Cure or Stage.Breached or Stage.Settled => OfLicence(),
        _ => null,
    };

    private Actor NextSignatory() =>
        !state.SignedBy.HasFlag(Party.Lab) ? lab
        : !state.SignedBy.HasFlag(Party.Company) ? company
        : ThirdParty.Of(terms) is { } third ? new(third.Role == ThirdPartyRole.Guarantor ? ActorRole.Guarantor : ActorRole.Broker, third.Organisation, "third")
        : throw new InvalidOperationException($"{state.Id} is signed by all and not in effect");

    private (Actor By, AgreementCommand Command)? OfLicence()
    {
        if (EventsToCome().Where(e => e.On <= Today).Select(e => (int?)e.Trigger).FirstOrDefault() is { } trigger)
        {
            return (company, new ClaimTrigger(trigger, Today, "rehearsal"));
        }

        if (BuysOutOn is { } buysOutOn && Today >= buysOutOn && state.Stage == Stage.Converted)
        {
            return (company, new ElectBuyOut());
        }

        if (state.Stage != Stage.Settled && AgreementRules.NextPeriod(state) is { } period && Today >= period.ReportDueOn)
        {
            var figures = assumed.FiguresOf(period.Number, terms, factorPpm);
            var (sales, others) = (new Money(figures.NetMinor, terms.Currency), Asked(figures));
            return (company, new ReportSales(period.Number, sales, [], others, new("rehearsal", "rehearsal"), AgreementRules.IsNil(sales, others)));
        }

        return state.Obligations.FirstOrDefault(o => o.EnforceableMinor > 0 && o.DueOn <= Today) is { } owed
            ? (administrator, new RecordReceipt("rehearsal", $"{state.Receipts.Count + 1}", new Money(owed.EnforceableMinor, terms.Currency), Today))
            : null;
    }

    /// <summary>The next moment at which somebody does something or time does; null: nothing more can come.</summary>
    private DateTimeOffset? NextUtc()
    {
        if (state.Stage is Stage.Settled or Stage.Closed or Stage.Expired)
        {
            return null;
        }

        var days = new List<DateOnly>();
        if (state.Stage is Stage.InTrial or Stage.Extended or Stage.DecisionDue)
        {
            days.Add(ConvertsOn);
        }

        if (AgreementRules.NextPeriod(state) is { } period)
        {
            days.Add(period.ReportDueOn);
        }

        days.AddRange(EventsToCome().Select(e => e.On));
        days.AddRange(state.Obligations.Where(o => o.EnforceableMinor > 0).Select(o => o.DueOn));
        if (BuysOutOn is { } buysOutOn)
        {
            days.Add(buysOutOn);
        }

        DateTimeOffset?[] moments =
        [
            .. days.Select(d => (DateTimeOffset?)(LocalTime.StartOf(d) + TenInTheMorning)),
            AgreementRules.NextWakeUtc(state, WakePurpose.Obligations), AgreementRules.NextWakeUtc(state, WakePurpose.Trial),
        ];
        return moments.Where(m => m > nowUtc).Min();
    }

    /// <summary>The last day of the trial at the latest: after it nothing is left to convert.</summary>
    private DateOnly ConvertsOn
    {
        get
        {
            var wanted = LocalTime.AddMonths(state.TrialStartedOn!.Value, assumed.TrialMonths);
            return wanted < state.TrialEndsOn!.Value ? wanted : state.TrialEndsOn.Value;
        }
    }

    private DateOnly? BuysOutOn => assumed.BuyOutMonth is { } month && state is { ConvertedOn: { } convertedOn, BoughtOutAfterPeriod: null } && terms.Payments.Any(p => p is BuyOut)
        ? LocalTime.AddMonths(convertedOn, month)
        : null;

    /// <summary>Only while the licence runs does an event count.</summary>
    private IEnumerable<(int Trigger, DateOnly On)> EventsToCome() => state.ConvertedOn is not { } convertedOn
        ? []
        : (assumed.Events ?? []).Select(e => (e.Trigger, On: LocalTime.AddMonths(convertedOn, e.MonthsAfterConversion)))
            .Where(e => e.On < state.LicenceEndsOn && !state.Claims.ContainsKey(e.Trigger));

    /// <summary>Figures that some clause asks for: a report may say no others.</summary>
    private OtherFigures? Asked(SalesFigures figures)
    {
        var asked = new OtherFigures(
            terms.Payments.Any(p => p is UnitRoyalty) ? figures.Units : 0, terms.Payments.Any(p => p is IncrementShare) ? figures.MeasureMinor : 0,
            terms.Payments.Any(p => p is SublicenceShare) ? figures.SublicenceMinor : 0, terms.Payments.Any(p => p is StackingReduction) ? figures.ThirdPartyRoyaltiesMinor : 0);
        return asked == new OtherFigures() ? null : asked;
    }

    private void Do(Actor by, AgreementCommand command)
    {
        if (++commands > MostCommands)
        {
            throw new InvalidOperationException($"A rehearsal without an end, at {Today:O} in {state.Stage}: {command}.");
        }

        var decided = AgreementRules.Decide(state, command, new CommandContext(nowUtc, by, reference));
        if (decided.Refusal is { } refusal)
        {
            refused = refusal;
            return;
        }

        state = decided.Value.Aggregate(state, AgreementRules.Apply);
    }
}
