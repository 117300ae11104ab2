using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Host.Seeds;
using Marketplace.Journal;

namespace Marketplace.Host.TimeMachine;

/// <summary>
/// Moves the clock of the rules forward, for whoever wants to see a contract of three years in a minute: whatever falls due on the way is done at its own
/// instant. In the embedded mode only, and never where real money moves. Accounts, mails and timers stay with the time of the machine.
/// </summary>
/// <remarks>
/// How far ahead the clock runs is kept nowhere: at the next start it goes on from the newest event, since nothing may be written before what is written.
/// </remarks>
public sealed partial class MoveTime(
    PunctualAlarm alarm, SettableTime time, TimeProvider machine, IJournal journal, ReplayProgress progress, IEnumerable<IPaymentProvider> providers,
    IHostApplicationLifetime host, ILogger<MoveTime> log) : IHostedService
{
    /// <summary>At once: a way of some thousand steps.</summary>
    public const int MostYears = 5;

    private static readonly string[] Pretended = [Marketplace.Payments.Sandbox.SandboxRegistration.ProviderName, Domain.Banking.BankMatching.Source];

    private readonly Lock gate = new();
    private Task moving = Task.CompletedTask;

    /// <summary>Why the clock cannot be moved here at all; null: it can.</summary>
    public Refusal? Hindrance => providers.FirstOrDefault(p => !Pretended.Contains(p.Name)) is { } real
        ? Refusal.State("time-is-real", $"启用了真实支付渠道（{real.Name}），不能移动时间。", $"A provider of real payments ({real.Name}) is in use: time cannot be moved.")
        : null;

    /// <summary>Why the last move has stopped on its way; null: it has not.</summary>
    public Refusal? Stopped { get; private set; }

    public DateOnly Today => LocalTime.DateOf(time.GetUtcNow());

    /// <summary>Of the day that it is on this machine.</summary>
    public int DaysAhead => Today.DayNumber - LocalTime.DateOf(machine.GetUtcNow()).DayNumber;

    /// <summary>A database whose time was moved goes on where it was.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await journal.Search(new JournalSearch(), 1, cancellationToken) is [{ RecordedAtUtc: var last }] && last > machine.GetUtcNow())
        {
            time.GoOnFrom(last);
            LogAhead(time.Ahead);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => moving.WaitAsync(cancellationToken);

    /// <summary>Sets out for the beginning of a day, and returns at once. Refused with <c>out-of-range</c> or <c>time-moves</c>.</summary>
    public Refusal? Begin(DateOnly day)
    {
        if (Hindrance is { } hindrance)
        {
            return hindrance;
        }

        var today = Today;
        if (day <= today || day > today.AddYears(MostYears))
        {
            return Refusal.Invalid("out-of-range", $"请选择今天之后、{MostYears} 年以内的日期。", $"Choose a day after today, within {MostYears} years.", "day");
        }

        lock (gate)
        {
            if (!progress.Ended.IsCompleted)
            {
                return Refusal.State("time-moves", "时间正在移动，请稍候。", "Time is being moved; wait a moment.");
            }

            Stopped = null;
            progress.Reach(today, day);
            progress.Begin(moving = Task.Run(() => Move(day, host.ApplicationStopping)));
            return null;
        }
    }

    private async Task Move(DateOnly day, CancellationToken stopping)
    {
        var until = LocalTime.StartOf(day);
        try
        {
            await alarm.RingUntil(until, stopping, at => progress.Reach(LocalTime.DateOf(at), day));
            time.GoOnFrom(until);
        }
        catch (Exception failure)
        {
            // Whatever it was: time goes on from where it came to, and whoever set out is told. A host that stops goes on from there at its next start.
            time.GoOnFrom(time.GetUtcNow());
            if (!stopping.IsCancellationRequested)
            {
                Stopped = Refusal.State("time-stopped", $"时间停在 {Today:yyyy-MM-dd}：一项到期事务未能办理，见日志。", $"Time stopped at {Today:yyyy-MM-dd}: something due could not be done; the log says what.");
                LogStopped(failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The newest event is of a time to come: the clock of the rules runs {Ahead} ahead.")]
    private partial void LogAhead(TimeSpan ahead);

    [LoggerMessage(Level = LogLevel.Error, Message = "Time was not moved to its end.")]
    private partial void LogStopped(Exception exception);
}
