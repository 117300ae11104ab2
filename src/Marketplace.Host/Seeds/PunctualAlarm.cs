using Marketplace.Application;
using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Host.Seeds;

/// <summary>
/// An alarm clock for times that are over: does what became due, one by one in the order of time, while the clock of the rules stands
/// at the very instant. Only for a host that does nothing else.
/// </summary>
public sealed class PunctualAlarm(
    IDbContextFactory<MarketplaceReads> reads, IGrainFactory grains, WorkOffIntents intents, ImportStatements statements, MatchBankLines lines, SealPaymentBatches batches,
    SettableTime time)
{
    /// <summary>Rings for everything that is due by then, and for what that makes due. Leaves the clock standing at the last of it.</summary>
    /// <param name="reached">Told each instant that it comes to.</param>
    /// <exception cref="InvalidOperationException">Due work was refused, or stays due although it was done.</exception>
    public async Task RingUntil(DateTimeOffset untilUtc, CancellationToken cancel, Action<DateTimeOffset>? reached = null)
    {
        var rung = new HashSet<DueWorkRow>();
        while (await NextDue(untilUtc, cancel) is { DueAtUtc: { } dueAtUtc } due)
        {
            if (!rung.Add(due))
            {
                throw new InvalidOperationException($"{due} stays due although it was done.");
            }

            var at = dueAtUtc.Instant();
            time.StandAt(at);
            reached?.Invoke(at);
            if (await Ring(due, cancel) is Refused { Refusal: var refusal })
            {
                throw new InvalidOperationException($"{due} was refused: {refusal}");
            }
        }
    }

    private async Task<DueWorkRow?> NextDue(DateTimeOffset untilUtc, CancellationToken cancel)
    {
        var until = untilUtc.UtcDateTime;
        await using var database = await reads.CreateDbContextAsync(cancel);
        return await database.Of<DueWorkRow>()
            .Where(w => w.DueAtUtc <= until)
            .OrderBy(w => w.DueAtUtc).ThenBy(w => w.Stream).ThenBy(w => w.Purpose)
            .FirstOrDefaultAsync(cancel);
    }

    private Task<Answer> Ring(DueWorkRow due, CancellationToken cancel) => due.Purpose switch
    {
        DueWork.Intent => intents.WorkOff(due.Stream, cancel),
        DueWork.Statement => statements.Import(due.Stream, cancel),
        DueWork.BankLine => lines.WorkOff(due.Stream, cancel),
        DueWork.PaymentBatch => batches.Seal(due.Stream, cancel),
        _ => grains.GrainOf(due.Stream).Wake(due.Purpose),
    };
}
