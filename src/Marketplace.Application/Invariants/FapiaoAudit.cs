using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Invoicing;

namespace Marketplace.Application.Invariants;

internal sealed class FapiaoAudit(string stream) : StreamAudit<FapiaoRegisterState, FapiaoCommand, FapiaoEvent, FapiaoRegister>(stream)
{
    public static readonly AuditedKind Kind = new("fapiao", stream => new FapiaoAudit(stream));

    /// <summary>The one agreement that may record it.</summary>
    public AgreementId? TakenBy => State.Agreement;

    protected override IEnumerable<IReadRow> RowsOf(FapiaoRegisterState state) => [];

    protected override IEnumerable<BrokenInvariant> OfEvent(FapiaoEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        if (happened is FapiaoNumberTaken e && (State.Agreement is not null || e.Number.Value != Key))
        {
            yield return new BrokenInvariant(Invariant.OneEffectPerTransition, $"{e.Agreement} takes {e.Number}, which {State.Agreement} has");
        }
    }

    protected override bool MayHaveAsked(Actor actor, FapiaoEvent happened, FapiaoRegisterState after) => actor.Role is ActorRole.Lab or ActorRole.Administrator;
}
