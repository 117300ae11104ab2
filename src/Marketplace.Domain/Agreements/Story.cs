namespace Marketplace.Domain.Agreements;

/// <summary>A decision in the making: each event is applied at once, so that the next rule sees what the one before has done.</summary>
internal sealed class Story(Agreement before, CommandContext context)
{
    private readonly List<AgreementEvent> events = [];

    public Agreement Now { get; private set; } = before;

    public CommandContext Context => context;

    public DateOnly Today => context.Today;

    public IReadOnlyList<AgreementEvent> Events => events;

    public Story Tell(AgreementEvent happened)
    {
        events.Add(happened);
        Now = AgreementRules.Apply(Now, happened);
        return this;
    }

    public Money Money(long amountMinor) => new(amountMinor, Now.Terms.Currency);
}
