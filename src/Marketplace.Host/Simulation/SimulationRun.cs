using System.Collections.Concurrent;
using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Host.Simulation;

// Inside the namespace, so that the use cases hide the rules of the same names.
using SignAgreement = Application.Agreements.SignAgreement;
using SignAmendment = Application.Agreements.SignAmendment;

/// <param name="Agreements">How many are played.</param>
/// <param name="Years">Of virtual time.</param>
/// <param name="Seed">The same seed plays the same story, on any database, interrupted or not.</param>
public sealed record SimulationSettings(int Agreements, int Years, long Seed);

/// <summary>How a run went, apart from what it left in the database.</summary>
/// <param name="Commands">Accepted commands of people.</param>
/// <param name="Woken">Due work of the sweeps, payments included.</param>
/// <param name="Refused">Refused commands of people, by code.</param>
/// <param name="ResumedOn">The virtual day on which an interrupted run was taken up; null when it began.</param>
public sealed record SimulationOutcome(
    long Commands, long Woken, IReadOnlyDictionary<string, int> Refused, DateOnly? ResumedOn, TimeSpan Elapsed);

/// <summary>
/// Plays a portfolio in virtual time through the real engine: people act through the door, sweeps wake what is due, the sandbox moves money.
/// A day is: sweeps at nine, people at ten, new applications at eleven. In that order a day that was cut off can be begun again:
/// what it had done is done, and nothing of it makes anybody act who would not have acted.
/// </summary>
internal sealed class SimulationRun(
    SimulationSettings settings, MarketplaceDoor door, IGrainFactory grains, DueWorkSweep sweep, WorkOffIntents intents, IStorage storage,
    SettableTime clock, TimeProvider time)
{
    private const int MostMovesADay = 100;
    private static readonly DateOnly FirstDay = new(2024, 1, 2);

    private readonly Market market = new(settings.Seed, settings.Agreements);
    private readonly ConcurrentDictionary<string, int> refused = new(StringComparer.Ordinal);
    private long commands;
    private long woken;

    /// <summary>Plays to the end, from the beginning or from where an earlier run was cut off.</summary>
    /// <param name="progress">Told of each day: how much of the whole is done, 0 to 1.</param>
    /// <exception cref="StorageRefusedException">The database holds something other than this simulation.</exception>
    public async Task<SimulationOutcome> Play(Action<DateOnly, double> progress, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        var resumedOn = await CutOffOn(cancel);
        var days = FirstDay.AddYears(settings.Years).DayNumber - FirstDay.DayNumber;
        var players = Enumerable.Range(0, settings.Agreements).Select(i => new Player(settings.Seed, i, market)).ToLookup(p => p.AppliesOnDay(days));
        var atWork = new List<Player>();
        for (var day = 0; day < days; day++)
        {
            var today = FirstDay.AddDays(day);
            if (resumedOn is null || today >= resumedOn)
            {
                await PlayDay(day, today, atWork, players[day], cancel);
                progress(today, (day + 1.0) / days);
            }

            atWork.AddRange(players[day]);
        }

        clock.StandAt(At(FirstDay.AddDays(days), 9));
        await Sweep(cancel);
        return new SimulationOutcome(commands, woken, new SortedDictionary<string, int>(refused, StringComparer.Ordinal), resumedOn, time.GetElapsedTime(began));
    }

    private async Task PlayDay(int day, DateOnly today, IReadOnlyCollection<Player> atWork, IEnumerable<Player> newcomers, CancellationToken cancel)
    {
        clock.StandAt(At(today, 9));
        await Sweep(cancel);

        clock.StandAt(At(today, 10));
        foreach (var step in market.Opening(day, today))
        {
            await Task.WhenAll(step.Select(move => Send(move, cancel)));
        }

        // Who signs first has the rights and the credit that others want too: that must not depend on which grain is faster.
        foreach (var signature in (await Task.WhenAll(atWork.Select(player => Act(player, today, cancel)))).OfType<Move>())
        {
            await Send(signature, cancel);
        }

        clock.StandAt(At(today, 11));
        await Task.WhenAll(newcomers.Select(player => Send(player.Application(), cancel)));
    }

    /// <summary>Everything that the people of one agreement do today; the signature that they wish to give is left to be given.</summary>
    private async Task<Move?> Act(Player player, DateOnly today, CancellationToken cancel)
    {
        var agreement = grains.GetGrain<IAgreementGrain>(player.Deal.Value);
        for (var moves = 0; player.Next(await agreement.State(), today) is { } move; moves++)
        {
            if (moves == MostMovesADay)
            {
                throw new InvalidOperationException($"{player.Deal}: {moves} moves on {today:O} and no end; the last is {move.Request}");
            }

            if (move.Request is SignAgreement or SignAmendment)
            {
                return move;
            }

            if (!await Send(move, cancel))
            {
                return null; // not today
            }
        }

        return null;
    }

    private async Task<bool> Send(Move move, CancellationToken cancel)
    {
        if (await door.Send(move.By, move.Request, cancel) is Refused { Refusal: var refusal })
        {
            refused.AddOrUpdate($"{move.Request.GetType().Name} {refusal.Code}", 1, (_, n) => n + 1);
            return false;
        }

        Interlocked.Increment(ref commands);
        return true;
    }

    private async Task Sweep(CancellationToken cancel)
    {
        foreach (var purpose in new[] { DueWork.Notice, DueWork.Trial, DueWork.Obligations })
        {
            woken += (await sweep.Run(purpose, cancel)).Woken;
        }

        woken += (await sweep.Run(DueWork.Intent, stream => intents.WorkOff(stream, cancel), cancel)).Woken;
    }

    /// <summary>The day of the newest event, or null in an empty database.</summary>
    private async Task<DateOnly?> CutOffOn(CancellationToken cancel)
    {
        await using var view = await storage.Audit.OpenView(cancel);
        if (await view.NewestInstant(cancel) is not { } newest)
        {
            return null;
        }

        return await storage.Journal.Find(market.FirstCommand, cancel) is not null
            ? LocalTime.DateOf(newest)
            : throw new StorageRefusedException(
                "这个数据库里有别的数据：请为模拟指定一个空的数据库。",
                "This database holds other data: name an empty one for the simulation.");
    }

    private static DateTimeOffset At(DateOnly day, int hour) => LocalTime.StartOf(day).AddHours(hour);
}
