namespace Marketplace.Domain.Sweeps;

/// <summary>How the due work of one stream for one purpose has failed.</summary>
/// <param name="Failures">All that were ever counted.</param>
/// <param name="Attempts">Those since it last went well or was released.</param>
/// <param name="Reason">Of the latest failure.</param>
/// <param name="FailedAtUtc">Instant of the latest failure; null: it never failed.</param>
/// <param name="QuarantinedAtUtc">Since when sweeps leave it alone; null: they do not.</param>
public sealed record FailingWorkState(int Failures, int Attempts, string Reason, DateTimeOffset? FailedAtUtc, DateTimeOffset? QuarantinedAtUtc);

public abstract record FailingWorkCommand;

/// <summary>A sweep reports that working the item off has failed.</summary>
public sealed record RecordFailure(string Reason) : FailingWorkCommand;

/// <summary>A sweep reports that it went well again.</summary>
public sealed record RecordRecovery : FailingWorkCommand;

/// <summary>An administrator has seen to the cause.</summary>
public sealed record ReleaseWork(string Reason) : FailingWorkCommand;

public abstract record FailingWorkEvent;

public sealed record WorkFailed(string Reason, DateTimeOffset AtUtc) : FailingWorkEvent;

public sealed record WorkQuarantined(DateTimeOffset AtUtc) : FailingWorkEvent;

public sealed record WorkRecovered : FailingWorkEvent;

public sealed record WorkReleased(string Reason) : FailingWorkEvent;

/// <summary>
/// Due work that fails: counted, quarantined at the third failure in a row, and then left alone until an administrator releases it.
/// </summary>
public sealed class FailingWork : IAggregate<FailingWorkState, FailingWorkCommand, FailingWorkEvent>
{
    public const int MaxAttempts = 3;
    public const int MaxReasonCharacters = 2_000;

    private FailingWork() { }

    public static FailingWorkState Initial { get; } = new(0, 0, "", null, null);

    public static Result<IReadOnlyList<FailingWorkEvent>> Decide(FailingWorkState state, FailingWorkCommand command, CommandContext context) =>
        context.Actor.Role is not (ActorRole.Administrator or ActorRole.System) ? Refusal.NotFound() : command switch
        {
            RecordFailure failure => Fail(state, failure, context),
            RecordRecovery => Recover(state),
            ReleaseWork release => Release(state, release),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
        };

    public static FailingWorkState Apply(FailingWorkState state, FailingWorkEvent happened) => happened switch
    {
        WorkFailed e => new(state.Failures + 1, state.Attempts + 1, e.Reason, e.AtUtc, null),
        WorkQuarantined e => state with { QuarantinedAtUtc = e.AtUtc },
        WorkRecovered or WorkReleased => state with { Attempts = 0, QuarantinedAtUtc = null },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<FailingWorkEvent>> Fail(FailingWorkState state, RecordFailure command, CommandContext context)
    {
        if (state.QuarantinedAtUtc is not null)
        {
            return Happens(); // a sweep that began earlier comes late; the count stays as it was when people were called
        }

        // Whatever an exception says is kept, so it must be fit to be written and shown.
        var failed = new WorkFailed(InputText.Shown(command.Reason, MaxReasonCharacters), context.NowUtc);
        return state.Attempts + 1 < MaxAttempts ? Happens(failed) : Happens(failed, new WorkQuarantined(context.NowUtc));
    }

    private static Result<IReadOnlyList<FailingWorkEvent>> Recover(FailingWorkState state) =>
        state is { Attempts: > 0, QuarantinedAtUtc: null } ? Happens(new WorkRecovered()) : Happens();

    private static Result<IReadOnlyList<FailingWorkEvent>> Release(FailingWorkState state, ReleaseWork command) =>
        state.FailedAtUtc is null ? Refusal.NotFound()
        : state.QuarantinedAtUtc is null ? Refusal.State("work-not-quarantined", "该事项未被隔离。", "This work is not in quarantine.")
        : BilingualText.CheckRequired(command.Reason, "reason", MaxReasonCharacters) is { } refusal ? refusal
        : Happens(new WorkReleased(command.Reason));

    private static FailingWorkEvent[] Happens(params FailingWorkEvent[] events) => events;
}
