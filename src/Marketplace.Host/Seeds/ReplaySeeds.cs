using Marketplace.Application.Agreements;
using Marketplace.Application.Disclosures;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Host.Seeds;

/// <summary>
/// Plays the demo data into a database that has nothing else, while the host is read already but takes no commands, and before any alarm
/// clock rings. The clock of the rules stands at each step's own instant meanwhile, and due work is done in between at its own. An
/// interrupted replay goes on at the next start.
/// </summary>
/// <remarks>Nothing is written before something that is written already: a database in which life has gone on keeps what it has.</remarks>
public sealed partial class ReplaySeeds(
    MarketplaceDoor door, PunctualAlarm alarm, IJournal journal, SettableTime time, TimeProvider machine, ReplayProgress progress,
    ILogger<ReplaySeeds> log) : BackgroundService
{
    public const string Enabled = "Seeds:Enabled";

    private const int EventsPerPage = 500;

    private Replay replay = new([], 0);

    /// <summary>The steps that are not in the future, and how many of them are done.</summary>
    private sealed record Replay(IReadOnlyList<SeedStep> Steps, int Done)
    {
        public bool IsOver => Done == Steps.Count;
    }

    /// <summary>Finds out what is to be played; a host on which all is done already is never seen playing.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        replay = await Find(SeedPlan.Steps(), cancellationToken);
        if (!replay.IsOver)
        {
            progress.Reach(replay.Done, replay.Steps.Count);
            await base.StartAsync(cancellationToken);
            progress.Begin(ExecuteTask!);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Play(replay, stoppingToken);

    /// <summary>Plays what is not yet done of these steps, up to today. Returns how many that were.</summary>
    /// <param name="steps">In the order of time.</param>
    /// <exception cref="InvalidOperationException">A step was refused: the seed files are wrong.</exception>
    public async Task<int> Play(IReadOnlyList<SeedStep> steps, CancellationToken cancel = default)
    {
        var found = await Find(steps, cancel);
        if (!found.IsOver)
        {
            await Play(found, cancel);
        }

        return found.Steps.Count - found.Done;
    }

    /// <summary>What there is to play: nothing, if life has gone on after the first step that is not done.</summary>
    private async Task<Replay> Find(IReadOnlyList<SeedStep> steps, CancellationToken cancel)
    {
        var past = steps.TakeWhile(s => s.AtUtc <= machine.GetUtcNow()).ToList();
        var done = await LastDone(past, cancel) + 1;
        return new Replay(past, done < past.Count && await IsWrittenAfter(past[done].AtUtc, cancel) ? past.Count : done);
    }

    private async Task Play(Replay found, CancellationToken cancel)
    {
        var began = machine.GetTimestamp();
        var (steps, done) = found;
        try
        {
            // Between instants, and not between the steps of one: whoever goes on in the middle of one does the same.
            var reached = steps[Math.Max(done - 1, 0)].AtUtc;
            for (var i = done; i < steps.Count; i++)
            {
                var step = steps[i];
                if (step.AtUtc > reached)
                {
                    await alarm.RingUntil(step.AtUtc, cancel);
                }

                time.StandAt(reached = step.AtUtc);
                if (await door.Send(step.By, step.Request(await DocumentToSign(step, cancel)), cancel) is Refused { Refusal: var refusal })
                {
                    throw new InvalidOperationException($"{step.Type.Name} of {step.Key} at {step.AtUtc:O} was refused: {refusal}");
                }

                progress.Reach(i + 1, steps.Count);
            }
        }
        finally
        {
            time.Follow();
        }

        LogPlayed(steps.Count - done, (long)machine.GetElapsedTime(began).TotalMilliseconds);
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

    /// <summary>Whoever signs, signs the document that they are shown.</summary>
    private async Task<string?> DocumentToSign(SeedStep step, CancellationToken cancel) =>
        step.Type == typeof(SignAgreement) ? (await door.Ask(step.By, new GetAgreement(SeedPlan.AgreementOf(step.Key)), cancel)).Value.Details.DocumentHash
        : step.Type == typeof(SignConfidentiality) ? (await door.Ask(step.By, new GetConfidentialityOffer(LabResultId.Wrap(step.Body["result"]!.GetValue<string>())), cancel)).Value.Sha256
        : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo data: {Steps} steps played in {Milliseconds} ms.")]
    private partial void LogPlayed(int steps, long milliseconds);
}
