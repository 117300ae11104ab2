using Marketplace.Application.Agreements;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Files;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

internal sealed class AgreementAudit(string stream) : StreamAudit<Agreement, AgreementCommand, AgreementEvent, AgreementRules>(stream)
{
    public static readonly AuditedKind Kind = new("agreement", stream => new AgreementAudit(stream))
    {
        Tables =
        [
            OwnedTable.By<AgreementRow>(nameof(AgreementRow.Agreement)),
            OwnedTable.By<ObligationRow>(nameof(ObligationRow.Agreement)),
            OwnedTable.By<PaymentIntentRow>(nameof(PaymentIntentRow.Agreement)),
            OwnedTable.By<ReceiptReversalRow>(nameof(ReceiptReversalRow.Agreement)),
            OwnedTable.By<AccountBalanceRow>(nameof(AccountBalanceRow.Agreement)),
            OwnedTable.By<AgreementFiguresRow>(nameof(AgreementFiguresRow.Agreement)),
            OwnedTable.By<LabIncomeRow>(nameof(LabIncomeRow.Agreement)),
            OwnedTable.By<InventorShareRow>(nameof(InventorShareRow.Agreement)),
            OwnedTable.By<FapiaoRow>(nameof(FapiaoRow.Agreement)),
            OwnedTable.By<ReportRiskRow>(nameof(ReportRiskRow.Agreement)),
        ],
    };

    /// <summary>
    /// A provider that has not said for three days what became of a payment has to be asked by a person; its keys are forgotten after one.
    /// </summary>
    private static readonly TimeSpan LongestUnknown = TimeSpan.FromDays(3);

    private readonly Dictionary<PaymentIntentId, (DateTimeOffset Since, RecordedEvent Event)> unknown = [];

    public override IEnumerable<StoredFile> Files => State.Fapiao.Select(f => f.File);

    public override IEnumerable<Finding> AsOf(DateTimeOffset nowUtc) =>
        from lost in unknown
        where nowUtc - lost.Value.Since > LongestUnknown
        orderby lost.Value.Since
        select Finding.OfEvent(Invariant.UnknownIsLookedUp, lost.Value.Event, $"what became of {lost.Key} is unknown since {lost.Value.Since:O}");

    protected override IEnumerable<IReadRow> RowsOf(Agreement state) => AgreementRows.Of(state);

    protected override IEnumerable<Entry> EntriesOf(AgreementEvent happened) => AgreementPostings.EntriesFor(happened);

    protected override IEnumerable<BrokenInvariant> OfEvent(AgreementEvent happened, Actor actor, DateTimeOffset recordedAtUtc) =>
        AgreementInvariants.OfEvent(State, happened, actor, recordedAtUtc);

    protected override IEnumerable<BrokenInvariant> OfTransition(Agreement after) => AgreementInvariants.OfTransition(State, after);

    protected override IEnumerable<BrokenInvariant> OfState(DateTimeOffset recordedAtUtc) =>
        AgreementInvariants.OfState(State).Concat(AgreementInvariants.AtRest(State, recordedAtUtc));

    protected override bool MayHaveAsked(Actor actor, AgreementEvent happened, Agreement after) => actor.Role switch
    {
        ActorRole.Lab => actor.Organisation == after.Lab,
        ActorRole.Company => actor.Organisation == after.Company,
        ActorRole.Guarantor or ActorRole.Broker => AgreementRules.PartyOf(after, actor) == Party.Third,
        ActorRole.Administrator or ActorRole.System => true,
        ActorRole.Visitor or ActorRole.Person => false,
    };

    protected override void Followed(AgreementEvent happened, RecordedEvent stored)
    {
        switch (happened)
        {
            case PaymentPending { Status: IntentStatus.Unknown } e:
                unknown.TryAdd(e.Intent, (stored.RecordedAtUtc, stored));
                break;
            case PaymentPending e:
                unknown.Remove(e.Intent);
                break;
            case PaymentConcluded e:
                unknown.Remove(e.Intent);
                break;
            default:
                break;
        }
    }
}
