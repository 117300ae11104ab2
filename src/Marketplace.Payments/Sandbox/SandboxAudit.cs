using Marketplace.Application.Invariants;
using Marketplace.Application.Reads;
using Marketplace.Domain;

namespace Marketplace.Payments.Sandbox;

/// <summary>The sandbox's books, followed to their end: what moved here is compared with what the agreements recorded.</summary>
internal sealed class SandboxAudit(string stream) : StreamAudit<SandboxPayment, SandboxCommand, SandboxEvent, SandboxRules>(stream)
{
    public static readonly AuditedKind Kind = new("sandbox", stream => new SandboxAudit(stream)) { Provider = SandboxPayments.ProviderName };

    public override ProviderPayment? Payment =>
        State.Order is { } order ? new ProviderPayment(order.Kind, order.Amount, State.MovedMinor) : null;

    protected override IEnumerable<IReadRow> RowsOf(SandboxPayment state) => [];

    protected override IEnumerable<BrokenInvariant> OfEvent(SandboxEvent happened, Actor actor, DateTimeOffset recordedAtUtc)
    {
        var wrong = happened switch
        {
            SandboxPaymentAccepted e => State.Order is not null ? (Invariant.OneEffectPerTransition, "an order is taken again")
                : e.Intent.Value != Key ? (Invariant.IntentBeforeEffect, $"the order is of {e.Intent}")
                : default,
            SandboxMoneyMoved e => State.DecidesAtUtc is null ? (Invariant.OneEffectPerTransition, "money moves after the end")
                : e.Moved.AmountMinor <= 0 || e.Moved.AmountMinor > State.Order?.Amount.AmountMinor
                    ? (Invariant.IntentBeforeEffect, $"{e.Moved} moves of {State.Order?.Amount}")
                : default,
            SandboxPaymentDeclined or SandboxPaymentCancelled when State.DecidesAtUtc is null => (Invariant.OneEffectPerTransition, "it ends again"),
            _ => default,
        };
        if (wrong is { Item1: > 0 })
        {
            yield return new BrokenInvariant(wrong.Item1, wrong.Item2);
        }
    }

    protected override bool MayHaveAsked(Actor actor, SandboxEvent happened, SandboxPayment after) => actor.Role == ActorRole.System;
}
