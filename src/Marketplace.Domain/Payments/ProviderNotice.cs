namespace Marketplace.Domain.Payments;

/// <summary>
/// Something that a payment provider has said by itself, kept as it came: one stream for each of its own ids, so that a repetition is
/// known however often and wherever it arrives. What it says is a hint: the thing that it is about is looked up.
/// </summary>
/// <param name="Received">Null before it came.</param>
/// <param name="NextLookUtc">While it waits: when it is to be worked off.</param>
/// <param name="Said">What came of it, or why it is parked.</param>
public sealed record ProviderNotice(NoticeReceived? Received, NoticeStatus Status, DateTimeOffset? NextLookUtc, int Attempts, string? Said)
{
    public static readonly ProviderNotice None = new(null, NoticeStatus.Waiting, null, 0, null);
}

public enum NoticeStatus
{
    Waiting,

    /// <summary>It had its effect, or has none.</summary>
    WorkedOff,

    /// <summary>Not understood: a person must look, and may have it worked off again.</summary>
    Parked,
}

public abstract record ProviderNoticeCommand;

/// <param name="Notice">The provider's own id of it.</param>
/// <param name="Type">In the provider's words, e.g. <c>charge.dispute.created</c>.</param>
/// <param name="About">The provider's id of the thing that it is about.</param>
/// <param name="ApiVersion">In which the body is written; null when it does not say.</param>
/// <param name="Body">As it came, every character.</param>
/// <param name="ParkedFor">Why it cannot be worked off at all, e.g. another version; null: it can.</param>
public sealed record ReceiveNotice(
    string Provider, string Notice, string Type, string? About, DateTimeOffset CreatedAtUtc, string? ApiVersion, string Body, NoticeVia Via, string? ParkedFor = null)
    : ProviderNoticeCommand;

public enum NoticeVia
{
    Webhook,

    /// <summary>Found in the provider's list of what it has said.</summary>
    Sweep,
}

public sealed record ConcludeNotice(string Effect) : ProviderNoticeCommand;

public sealed record ParkNotice(string Reason) : ProviderNoticeCommand;

/// <summary>The provider, or the books, could not be reached: it keeps its place.</summary>
public sealed record PostponeNotice(string Reason, DateTimeOffset NextLookUtc) : ProviderNoticeCommand;

/// <summary>An administrator has it worked off again.</summary>
public sealed record ReplayNotice(string Reason) : ProviderNoticeCommand;

public abstract record ProviderNoticeEvent;

public sealed record NoticeReceived(
    string Provider, string Notice, string Type, string? About, DateTimeOffset CreatedAtUtc, string? ApiVersion, string Body, NoticeVia Via, DateTimeOffset AtUtc)
    : ProviderNoticeEvent;

public sealed record NoticeWorkedOff(string Effect, DateTimeOffset AtUtc) : ProviderNoticeEvent;

public sealed record NoticeParked(string Reason, DateTimeOffset AtUtc) : ProviderNoticeEvent;

public sealed record NoticePostponed(string Reason, DateTimeOffset NextLookUtc) : ProviderNoticeEvent;

public sealed record NoticeReplayed(string By, string Reason, DateTimeOffset AtUtc) : ProviderNoticeEvent;

public sealed class ProviderNoticeRules : IAggregate<ProviderNotice, ProviderNoticeCommand, ProviderNoticeEvent>
{
    private ProviderNoticeRules() { }

    public static ProviderNotice Initial => ProviderNotice.None;

    public static Result<IReadOnlyList<ProviderNoticeEvent>> Decide(ProviderNotice state, ProviderNoticeCommand command, CommandContext context)
    {
        if (context.Actor.Role != (command is ReplayNotice ? ActorRole.Administrator : ActorRole.System) || (state.Received is null && command is not ReceiveNotice))
        {
            return Refusal.NotFound();
        }

        var now = context.NowUtc;
        return command switch
        {
            ReceiveNotice when state.Received is not null => Told(), // said before
            ReceiveNotice c => Told(
            [
                new NoticeReceived(c.Provider, c.Notice, c.Type, c.About, c.CreatedAtUtc, c.ApiVersion, c.Body, c.Via, now),
                .. c.ParkedFor is { } reason ? new ProviderNoticeEvent[] { new NoticeParked(reason, now) } : [],
            ]),
            ReplayNotice c => string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > 500
                ? Refusal.Invalid("text-missing", "请写明重放的理由（500字以内）。", "Say why it is replayed, in at most 500 characters.", "reason")
                : state.Status == NoticeStatus.Waiting
                ? Refusal.State("notice-waiting", "该通知正在等待处理。", "This notice waits to be worked off already.")
                : Told(new NoticeReplayed(context.Actor.Person, c.Reason.Trim(), now)),
            _ when state.Status != NoticeStatus.Waiting => Told(), // another run was faster
            ConcludeNotice c => Told(new NoticeWorkedOff(c.Effect, now)),
            ParkNotice c => Told(new NoticeParked(c.Reason, now)),
            PostponeNotice c => Told(new NoticePostponed(c.Reason, c.NextLookUtc)),
            _ => throw new InvalidOperationException($"No rule decides {command.GetType().Name}"),
        };
    }

    public static ProviderNotice Apply(ProviderNotice state, ProviderNoticeEvent happened) => happened switch
    {
        NoticeReceived e => state with { Received = e, Status = NoticeStatus.Waiting, NextLookUtc = e.AtUtc },
        NoticeWorkedOff e => state with { Status = NoticeStatus.WorkedOff, NextLookUtc = null, Said = e.Effect },
        NoticeParked e => state with { Status = NoticeStatus.Parked, NextLookUtc = null, Said = e.Reason },
        NoticePostponed e => state with { NextLookUtc = e.NextLookUtc, Attempts = state.Attempts + 1, Said = e.Reason },
        NoticeReplayed e => state with { Status = NoticeStatus.Waiting, NextLookUtc = e.AtUtc, Attempts = 0 },
        _ => throw new InvalidOperationException($"No rule says what {happened.GetType().Name} changes"),
    };

    private static Result<IReadOnlyList<ProviderNoticeEvent>> Told(params ProviderNoticeEvent[] events) => Result<IReadOnlyList<ProviderNoticeEvent>>.Of(events);
}
