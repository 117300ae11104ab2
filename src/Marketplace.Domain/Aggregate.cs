namespace Marketplace.Domain;

/// <summary>
/// A rule book: pure, no I/O, time is an argument. State is immutable, so what is decided but not yet durable can be thrown away.
/// </summary>
/// <typeparam name="TState">Everything needed to decide; built only by <see cref="Apply"/>.</typeparam>
/// <typeparam name="TCommand">What somebody wants.</typeparam>
/// <typeparam name="TEvent">What has happened. Facts are never refused.</typeparam>
public interface IAggregate<TState, in TCommand, TEvent>
{
    static abstract TState Initial { get; }

    /// <summary>The events that this command causes in this state (none: nothing to do), or the reason why not.</summary>
    static abstract Result<IReadOnlyList<TEvent>> Decide(TState state, TCommand command, CommandContext context);

    static abstract TState Apply(TState state, TEvent happened);
}

/// <summary>What every decision may look at besides its state.</summary>
/// <param name="NowUtc">The instant of the decision.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Reference">Calendar and rates as they are known at this instant.</param>
public sealed record CommandContext(DateTimeOffset NowUtc, Actor Actor, ReferenceData Reference)
{
    /// <summary>Today in Tianjin.</summary>
    public DateOnly Today => LocalTime.DateOf(NowUtc);
}

/// <summary>Who asks: a person of an organisation in a role, or the system itself.</summary>
public sealed record Actor(ActorRole Role, OrganisationId? Organisation, string Person)
{
    public static readonly Actor System = new(ActorRole.System, null, "system");

    /// <summary>As it is recorded with every command.</summary>
    public override string ToString() => Organisation is { } o ? $"{Role}:{o}:{Person}" : $"{Role}:{Person}";

    /// <summary>Who is recorded; null when nobody can have been recorded so.</summary>
    public static Actor? Read(string recorded)
    {
        var parts = recorded.Split(':', 3);
        if (parts.Length < 2 || !Enum.TryParse<ActorRole>(parts[0], out var role) || role.ToString() != parts[0])
        {
            return null;
        }

        return parts.Length == 3 && Id.TryParse<OrganisationId>(parts[1], out var organisation)
            ? new Actor(role, organisation, parts[2])
            : new Actor(role, null, recorded[(parts[0].Length + 1)..]);
    }
}

public enum ActorRole
{
    Visitor,
    Lab,
    Company,
    Administrator,
    System,

    /// <summary>担保、保险、银行.</summary>
    Guarantor,

    /// <summary>技术经理人.</summary>
    Broker,

    /// <summary>Somebody with an account who acts for no organisation: a visitor whose name is known.</summary>
    Person,
}
