using Marketplace.Domain;

namespace Marketplace.Payments.Sandbox;

/// <summary>
/// What the sandbox does with a payment. Time catches up before every command, each step at its own instant, so that no answer depends on
/// when somebody looked.
/// </summary>
public sealed class SandboxRules : IAggregate<SandboxPayment, SandboxCommand, SandboxEvent>
{
    internal static readonly Refusal KeyReused = Refusal.State(
        "sandbox-key-reused", "沙盒支付：同一支付编号下已有另一笔不同的支付。", "Sandbox: another payment was sent under this intent id.");

    private SandboxRules() { }

    public static SandboxPayment Initial => SandboxPayment.NeverHeardOf;

    public static Result<IReadOnlyList<SandboxEvent>> Decide(SandboxPayment state, SandboxCommand command, CommandContext context)
    {
        if (context.Actor.Role != ActorRole.System)
        {
            return Refusal.NotFound(); // orders come from the host's own payment work and from nobody else
        }

        var events = new List<SandboxEvent>();
        if (command is TakeOrder { Order: var order } && state.Order != order)
        {
            if (Check(state, order) is { } refusal)
            {
                return refusal;
            }

            var method = MethodOf(order);
            events.Add(method.LosesFirstRequest && !state.LostARequest
                ? new SandboxRequestLost(context.NowUtc)
                : new SandboxPaymentAccepted(
                    SandboxPaymentId.For(order.Intent), order.Intent, order.Kind, order.Amount, order.Method,
                    context.NowUtc, context.NowUtc.AddDays(method.DecidesAfterDays)));
        }

        for (var now = events.Aggregate(state, Apply); now.DecidesAtUtc <= context.NowUtc; now = Apply(now, events[^1]))
        {
            events.Add(DecisionOn(now.Order!, now.Declines, now.DecidesAtUtc.Value));
        }

        if (command is CancelOrder && events.Aggregate(state, Apply).DecidesAtUtc is not null)
        {
            events.Add(new SandboxPaymentCancelled(context.NowUtc));
        }

        return events;
    }

    public static SandboxPayment Apply(SandboxPayment state, SandboxEvent happened) => happened switch
    {
        SandboxRequestLost => state with { LostARequest = true },
        SandboxPaymentAccepted e => state with { Order = new SandboxOrder(e.Intent, e.Kind, e.Amount, e.Method), DecidesAtUtc = e.DecidesAtUtc },
        SandboxTryDeclined e => state with { Declines = state.Declines + 1, DecidesAtUtc = e.TriesAgainAtUtc },
        SandboxMoneyMoved e => state with { DecidesAtUtc = null, MovedMinor = e.Moved.AmountMinor, EndedOn = LocalTime.DateOf(e.AtUtc) },
        SandboxPaymentDeclined e => state with { DecidesAtUtc = null, EndedOn = LocalTime.DateOf(e.AtUtc) },
        SandboxPaymentCancelled e => state with { DecidesAtUtc = null, EndedOn = LocalTime.DateOf(e.AtUtc) },
        _ => throw new InvalidOperationException($"No rule says what {happened.GetType().Name} changes"),
    };

    private static Refusal? Check(SandboxPayment state, SandboxOrder order) =>
        state.Order is not null ? KeyReused
        : SandboxMethod.Parse(order.Method) is null ? Refusal.Invalid(
            "method-unknown", "沙盒支付没有这种支付方式。", "The sandbox has no such method.", "method")
        : !order.Amount.IsPositive ? Refusal.Invalid(
            "amount-not-positive", "金额必须大于零。", "The amount must be greater than zero.", "amount.amountMinor")
        : null;

    private static SandboxEvent DecisionOn(SandboxOrder order, int declines, DateTimeOffset atUtc)
    {
        var method = MethodOf(order);
        if (method.DeclinesFirstTry && declines == 0)
        {
            return new SandboxTryDeclined(atUtc, atUtc.AddDays(SandboxMethod.DaysUntilSecondTry));
        }

        var moved = method.PartOf(order.Amount);
        return moved.IsZero ? new SandboxPaymentDeclined(atUtc) : new SandboxMoneyMoved(moved, atUtc);
    }

    private static SandboxMethod MethodOf(SandboxOrder order) =>
        SandboxMethod.Parse(order.Method)
        ?? throw new InvalidOperationException($"The sandbox took {order.Intent} with a method that it does not know: {order.Method}");
}
