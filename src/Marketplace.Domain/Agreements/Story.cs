namespace Marketplace.Domain.Agreements;

/// <summary>A decision in the making: each event is applied at once, so that the next rule sees what the one before has done.</summary>
internal sealed class Story(Agreement before, CommandContext context)
{
    private readonly List<AgreementEvent> events = [];

    public Agreement Now { get; private set; } = before;

    public CommandContext Context => context;

    /// <summary>The day on which what is told now takes effect: today, or the day of a step that time made due before.</summary>
    public DateOnly Today { get; private set; } = context.Today;

    public IReadOnlyList<AgreementEvent> Events => events;

    /// <summary>Does a due step on its own day: a late clock moves no date that is counted from it.</summary>
    public void On(DateOnly day, Action<Story> step)
    {
        Today = day;
        step(this);
        Today = context.Today;
    }

    public Story Tell(AgreementEvent happened)
    {
        events.Add(happened);
        Now = AgreementRules.Apply(Now, happened);
        return this;
    }

    public Money Money(long amountMinor) => new(amountMinor, Now.Terms.Currency);
}
