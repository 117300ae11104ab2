using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Host.Seeds;

/// <summary>
/// Plays the demo data into a database that has nothing else, before the host listens and before any alarm clock rings. The clock of the
/// rules stands at each step's own instant meanwhile, and due work is done in between at its own. An interrupted replay goes on at the
/// next start.
/// </summary>
/// <remarks>Nothing is written before something that is written already: a database in which life has gone on keeps what it has.</remarks>
public sealed partial class ReplaySeeds(
    MarketplaceDoor door, PunctualAlarm alarm, IJournal journal, SettableTime time, TimeProvider machine, ILogger<ReplaySeeds> log) : IHostedService
{
    public const string Enabled = "Seeds:Enabled";

    private const int EventsPerPage = 500;

    public Task StartAsync(CancellationToken cancellationToken) => Play(SeedPlan.Steps(), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Plays what is not yet done of these steps, up to today. Returns how many that were.</summary>
    /// <param name="steps">In the order of time.</param>
    /// <exception cref="InvalidOperationException">A step was refused: the seed files are wrong.</exception>
    public async Task<int> Play(IReadOnlyList<SeedStep> steps, CancellationToken cancel = default)
    {
        var began = machine.GetTimestamp();
        var past = steps.TakeWhile(s => s.AtUtc <= machine.GetUtcNow()).ToList();
        var done = await LastDone(past, cancel);
        var open = past[(done + 1)..];
        if (open.Count == 0 || await IsWrittenAfter(open[0].AtUtc, cancel))
        {
            return 0;
        }

        try
        {
            // Between instants, and not between the steps of one: whoever goes on in the middle of one does the same.
            var reached = (done < 0 ? open[0] : past[done]).AtUtc;
            foreach (var step in open)
            {
                if (step.AtUtc > reached)
                {
                    await alarm.RingUntil(step.AtUtc, cancel);
                }

                time.StandAt(reached = step.AtUtc);
                if (await door.Send(step.By, step.Request(await DocumentToSign(step, cancel)), cancel) is Refused { Refusal: var refusal })
                {
                    throw new InvalidOperationException($"{step.Type.Name} of {step.Key} at {step.AtUtc:O} was refused: {refusal}");
                }
            }
        }
        finally
        {
            time.Follow();
        }

        LogPlayed(open.Count, (long)machine.GetElapsedTime(began).TotalMilliseconds);
        return open.Count;
    }

    /// <summary>Steps are played one by one, so whatever comes before the last one known is done too. −1: none is.</summary>
    private async Task<int> LastDone(List<SeedStep> steps, CancellationToken cancel)
    {
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            if (await journal.Find(steps[i].CommandId, cancel) is not null)
            {
                return i;
            }
        }

        return -1;
    }

    private async Task<bool> IsWrittenAfter(DateTimeOffset instantUtc, CancellationToken cancel)
    {
        var position = JournalPosition.Start;
        while (await journal.ReadAll(position, EventsPerPage, cancel) is { Count: > 0 } events)
        {
            if (events.Any(e => e.RecordedAtUtc > instantUtc))
            {
                return true;
            }

            position = events[^1].Position;
        }

        return false;
    }

    /// <summary>Whoever signs, signs the document that the agreement shows.</summary>
    private async Task<string?> DocumentToSign(SeedStep step, CancellationToken cancel) => step.Type == typeof(SignAgreement)
        ? (await door.Ask(step.By, new GetAgreement(SeedPlan.AgreementOf(step.Key)), cancel)).Value.Details.DocumentHash
        : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo data: {Steps} steps played in {Milliseconds} ms.")]
    private partial void LogPlayed(int steps, long milliseconds);
}
