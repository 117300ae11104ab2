using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Sandbox;

namespace Marketplace.Payments.Tests.Sandbox;

/// <summary>Plays one payment of the sandbox in virtual time.</summary>
internal sealed class SandboxStory
{
    public static readonly PaymentIntentId Intent = DerivedId.From<PaymentIntentId>("intent");

    /// <summary>Ten in the evening in Tianjin, so that an hour matters for the date.</summary>
    public static readonly DateTimeOffset Start = LocalTime.StartOf(Deals.Day("2026-03-03")).AddHours(22);

    private readonly List<SandboxEvent> events = [];

    private SandboxStory() { }

    public SandboxPayment State { get; private set; } = SandboxRules.Initial;

    public IReadOnlyList<SandboxEvent> Events => events;

    public DateTimeOffset NowUtc { get; private set; } = Start;

    public static SandboxStory Begin() => new();

    public static SandboxOrder Order(string method, Money amount, IntentKind kind = IntentKind.Collection) => new(Intent, kind, amount, method);

    /// <summary>Sends an order; returns the refusal, or null.</summary>
    public Refusal? Ask(string method, Money amount, IntentKind kind = IntentKind.Collection) => Do(new TakeOrder(Order(method, amount, kind)));

    public SandboxStory At(TimeSpan later)
    {
        NowUtc = Start + later;
        return this;
    }

    public Refusal? Do(SandboxCommand command, Actor? actor = null)
    {
        var decided = SandboxRules.Decide(State, command, new CommandContext(NowUtc, actor ?? Actor.System, ReferenceData.Published));
        if (decided.Refusal is null)
        {
            State = decided.Value.Aggregate(State, SandboxRules.Apply);
            events.AddRange(decided.Value);
        }

        return decided.Refusal;
    }
}
