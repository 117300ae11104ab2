using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>
/// Plays an agreement in virtual time, at ten in the morning in Tianjin unless told otherwise. After every accepted command the
/// invariants must hold.
/// </summary>
internal sealed class AgreementStory
{
    private static readonly TimeSpan TenInTheMorning = TimeSpan.FromHours(10);
    private readonly List<AgreementEvent> events = [];
    private readonly List<ToldCommand> told = [];

    private AgreementStory(AgreementStory other)
    {
        (State, NowUtc, Reference) = (other.State, other.NowUtc, other.Reference);
        events.AddRange(other.events);
        told.AddRange(other.told);
    }

    private AgreementStory(DateOnly startsOn) => NowUtc = LocalTime.StartOf(startsOn) + TenInTheMorning;

    public Agreement State { get; private set; } = AgreementRules.Initial;

    public IReadOnlyList<AgreementEvent> Events => events;

    /// <summary>The same, by command: who asked, when, and what came of it.</summary>
    public IReadOnlyList<ToldCommand> Told => told;

    public DateTimeOffset NowUtc { get; private set; }

    public DateOnly Today => LocalTime.DateOf(NowUtc);

    public ReferenceData Reference { get; set; } = ReferenceData.Published;

    public static AgreementStory StartsOn(string day) => new(Deals.Day(day));

    /// <summary>Applied for, negotiated, signed, filed, delivered and accepted on one day, so that effect and trial begin on it.</summary>
    public static AgreementStory InTrialOn(string day, AgreementTerms terms, InventorSplit? inventors = null, IReadOnlyList<AcceptanceCriterion>? criteria = null) =>
        StartsOn(day).Apply(terms, inventors).Sign(criteria).Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料")).Do(Deals.Company, new AcceptDelivery());

    /// <summary>As <see cref="InTrialOn"/>, and converted on the same day.</summary>
    public static AgreementStory ConvertedOn(string day, params PaymentTrigger[] payments) => ConvertedOn(day, Deals.Terms(payments));

    public static AgreementStory ConvertedOn(string day, AgreementTerms terms, InventorSplit? inventors = null) =>
        InTrialOn(day, terms, inventors).Do(Deals.Company, new ConvertLicence());

    public AgreementStory Apply(AgreementTerms terms, InventorSplit? inventors = null) => Do(Deals.Company, new ApplyForTrial(
        DerivedId.From<AgreementId>("agreement"), DerivedId.From<OfferId>("offer"), DerivedId.From<LabResultId>("result"),
        Deals.Lab.Organisation!.Value, Deals.Company.Organisation!.Value, terms, inventors ?? InventorSplit.None, Deals.MayApply, "中试"));

    /// <summary>Taken up by the lab, accepted and signed by both; with an annex, if there are criteria.</summary>
    public AgreementStory Sign(IReadOnlyList<AcceptanceCriterion>? criteria = null)
    {
        Do(Deals.Lab, new AcceptApplication());
        Do(Deals.Lab, criteria is null ? new AcceptTerms(1) : new ProposeTerms(State.Terms, null, Criteria: criteria));
        Do(Deals.Company, new AcceptTerms(State.Newest.Version));
        Do(Deals.Lab, new SignAgreement(State.DocumentHash!));
        return Do(Deals.Company, new SignAgreement(State.DocumentHash!));
    }

    /// <summary>Another story that has come as far as this one, to go on by itself.</summary>
    /// <summary>Proposed by the company, signed by both.</summary>
    public AgreementStory Amend(AmendmentChange change)
    {
        Do(Deals.Company, new ProposeAmendment(change, null));
        var (number, hash) = (State.Amendments.Count, State.Amendments[^1].DocumentHash);
        return Do(Deals.Lab, new SignAmendment(number, hash)).Do(Deals.Company, new SignAmendment(number, hash));
    }

    public AgreementStory Copy() => new(this);

    /// <summary>What comes of a command: its refusal, or null and the story goes on.</summary>
    public Refusal? Ask(Actor actor, AgreementCommand command)
    {
        var decided = AgreementRules.Decide(State, command, new CommandContext(NowUtc, actor, Reference));
        if (decided.Refusal is { } refusal)
        {
            return refusal;
        }

        var before = State;
        State = decided.Value.Aggregate(State, AgreementRules.Apply);
        events.AddRange(decided.Value);
        told.Add(new ToldCommand(actor, NowUtc, decided.Value));
        AgreementHolds.AfterCommand(before, State, decided.Value, actor, NowUtc);
        return null;
    }

    public AgreementStory Do(Actor actor, AgreementCommand command)
    {
        var refusal = Ask(actor, command);
        Assert.True(refusal is null, $"{command.GetType().Name} on {Today:O} was refused: {refusal?.Code} {refusal?.Field} {refusal?.En}");
        return this;
    }

    public AgreementStory Refused(string code, Actor actor, AgreementCommand command)
    {
        Assert.Equal(code, Ask(actor, command)?.Code);
        return this;
    }

    /// <summary>The clock moves and nobody looks.</summary>
    public AgreementStory Sleep(string day)
    {
        var at = LocalTime.StartOf(Deals.Day(day)) + TenInTheMorning;
        Assert.True(at >= NowUtc, $"{day} is in the past");
        NowUtc = at;
        return this;
    }

    /// <summary>The clock moves, and the alarm clock rings whenever something is due.</summary>
    public AgreementStory Until(string day)
    {
        var until = LocalTime.StartOf(Deals.Day(day)) + TenInTheMorning;
        while (Next() is { } next && next <= until)
        {
            NowUtc = next;
            Wake();
        }

        return Sleep(day);
    }

    public AgreementStory Wake() => Do(Actor.System, new EnforceDue(WakePurpose.Obligations));

    /// <summary>A bank transfer that arrived today, or on an earlier day and is recorded today.</summary>
    public AgreementStory Pay(long amountMinor, string? receivedOn = null) => Do(Deals.Administrator, new RecordReceipt(
        "bank", $"line {State.Receipts.Count + 1}", Deals.Yuan(amountMinor), receivedOn is null ? Today : Deals.Day(receivedOn)));

    /// <summary>The events of one kind, in order.</summary>
    public IReadOnlyList<TEvent> All<TEvent>() where TEvent : AgreementEvent => [.. events.OfType<TEvent>()];

    public TEvent Last<TEvent>() where TEvent : AgreementEvent => events.OfType<TEvent>().Last();

    public Obligation Owed(int number = 1) => State.Owed(number);

    /// <summary>Debit positive.</summary>
    public long Balance(string account) => State.BalanceMinor(account, State.Terms.Currency);

    /// <summary>Folding the events again gives the same state: nothing but events made it.</summary>
    public AgreementStory Replays()
    {
        Assert.Equal(Json.Of(State), Json.Of(events.Aggregate(AgreementRules.Initial, AgreementRules.Apply)));
        return this;
    }

    private DateTimeOffset? Next()
    {
        var (obligations, trial) = (AgreementRules.NextWakeUtc(State, WakePurpose.Obligations), AgreementRules.NextWakeUtc(State, WakePurpose.Trial));
        return obligations is null || trial < obligations ? trial : obligations;
    }
}

internal sealed record ToldCommand(Actor Actor, DateTimeOffset AtUtc, IReadOnlyList<AgreementEvent> Events);
