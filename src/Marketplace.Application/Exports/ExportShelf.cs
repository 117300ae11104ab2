using Marketplace.Domain;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Exports;

/// <summary>Exports as they lie in their table. Each call is one short statement that compares what must still hold, so that hosts need no lock.</summary>
public sealed class ExportShelf(IDbContextFactory<ExportsDatabase> exports, TimeProvider time)
{
    /// <summary>How long a file is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>How long whoever makes one may be silent before somebody else takes it up.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>One that has been begun so often and never finished is given up.</summary>
    public const int MostAttempts = 3;

    private DateTime NowUtc => DateTime.UnixEpoch.AddTicks(Microseconds.Since1970(time.GetUtcNow()) * TimeSpan.TicksPerMicrosecond);

    /// <summary>Puts it there unless one of this id is there, and says which one is.</summary>
    public async Task<CycleExport> Add(Func<DateTime, CycleExport> export, CancellationToken cancel)
    {
        var added = export(NowUtc);
        await using var database = await exports.CreateDbContextAsync(cancel);
        database.Exports.Add(added);
        try
        {
            await database.SaveChangesAsync(cancel);
            return added;
        }
        catch (DbUpdateException)
        {
            if (await Find(ExportId.Wrap(added.Export), cancel) is { } sentTwice)
            {
                return sentTwice;
            }

            throw;
        }
    }

    public async Task<CycleExport?> Find(ExportId export, CancellationToken cancel)
    {
        await using var database = await exports.CreateDbContextAsync(cancel);
        return await database.Exports.AsNoTracking().FirstOrDefaultAsync(e => e.Export == export.Value, cancel);
    }

    /// <summary>Of one organisation, or the marketplace's own; the newest first.</summary>
    /// <param name="after">The last one on the page before.</param>
    public async Task<IReadOnlyList<CycleExport>> List(string? organisation, (DateTime AskedAtUtc, string Export)? after, int limit, CancellationToken cancel)
    {
        await using var database = await exports.CreateDbContextAsync(cancel);
        var all = database.Exports.AsNoTracking().Where(e => e.Organisation == organisation);
        if (after is var (askedAtUtc, export))
        {
            all = all.Where(e => e.AskedAtUtc < askedAtUtc || (e.AskedAtUtc == askedAtUtc && string.Compare(e.Export, export) > 0));
        }

        return await all.OrderByDescending(e => e.AskedAtUtc).ThenBy(e => e.Export).Take(limit).ToListAsync(cancel);
    }

    /// <summary>How many are not over.</summary>
    public async Task<int> Open(string? organisation, CancellationToken cancel)
    {
        await using var database = await exports.CreateDbContextAsync(cancel);
        return await database.Exports.CountAsync(e => e.Organisation == organisation && (e.State == ExportState.Waiting || e.State == ExportState.Running), cancel);
    }

    /// <summary>
    /// Takes the oldest one that nobody is making, as <paramref name="claim"/>; null: there is none. Of one whose maker fell silent too often it is said
    /// that it failed.
    /// </summary>
    public async Task<CycleExport?> Take(string claim, CancellationToken cancel)
    {
        await using var database = await exports.CreateDbContextAsync(cancel);
        while (true)
        {
            var now = NowUtc;
            var free = database.Exports.Where(e => e.State == ExportState.Waiting || (e.State == ExportState.Running && e.ClaimedUntilUtc < now));
            var next = await free.AsNoTracking().OrderBy(e => e.AskedAtUtc).ThenBy(e => e.Export).FirstOrDefaultAsync(cancel);
            if (next is null)
            {
                return null;
            }

            var same = free.Where(e => e.Export == next.Export && e.Attempts == next.Attempts);
            if (next.Attempts >= MostAttempts)
            {
                await same.ExecuteUpdateAsync(
                    set => set.SetProperty(e => e.State, ExportState.Failed).SetProperty(e => e.Claim, (string?)null).SetProperty(e => e.ClaimedUntilUtc, (DateTime?)null)
                        .SetProperty(e => e.Reason, "interrupted").SetProperty(e => e.FinishedAtUtc, now),
                    cancel);
            }
            else if (await same.ExecuteUpdateAsync(
                set => set.SetProperty(e => e.State, ExportState.Running).SetProperty(e => e.Claim, claim).SetProperty(e => e.ClaimedUntilUtc, now + Lease)
                    .SetProperty(e => e.Attempts, e => e.Attempts + 1).SetProperty(e => e.Step, 0).SetProperty(e => e.Steps, 0).SetProperty(e => e.Rows, 0),
                cancel) == 1)
            {
                return await database.Exports.AsNoTracking().FirstAsync(e => e.Export == next.Export, cancel);
            }
        }
    }

    /// <summary>Says how far it is, and that its maker is there. False: it was ended, or somebody else has taken it up.</summary>
    public Task<bool> Progress(CycleExport export, int step, int steps, long rows, CancellationToken cancel)
    {
        var until = NowUtc + Lease;
        return Change(export, set => set.SetProperty(e => e.Step, step).SetProperty(e => e.Steps, steps).SetProperty(e => e.Rows, rows).SetProperty(e => e.ClaimedUntilUtc, until), cancel);
    }

    /// <summary>Its file is there. False: as <see cref="Progress"/>, and nobody names the file.</summary>
    public Task<bool> Finish(CycleExport export, string sha256, long bytes, int steps, CancellationToken cancel)
    {
        var now = NowUtc;
        return Change(
            export,
            set => set.SetProperty(e => e.State, ExportState.Finished).SetProperty(e => e.Sha256, sha256).SetProperty(e => e.Bytes, bytes).SetProperty(e => e.FinishedAtUtc, now)
                .SetProperty(e => e.Step, steps).SetProperty(e => e.Steps, steps).SetProperty(e => e.Claim, (string?)null).SetProperty(e => e.ClaimedUntilUtc, (DateTime?)null),
            cancel);
    }

    /// <summary>It could not be made; after the last attempt it has failed.</summary>
    /// <param name="reason">For people who look after the host.</param>
    public Task<bool> Fail(CycleExport export, string reason, CancellationToken cancel)
    {
        var (isLast, now) = (export.Attempts >= MostAttempts, NowUtc);
        return Change(
            export,
            set => set.SetProperty(e => e.State, isLast ? ExportState.Failed : ExportState.Waiting).SetProperty(e => e.Reason, reason)
                .SetProperty(e => e.FinishedAtUtc, isLast ? now : null).SetProperty(e => e.Claim, (string?)null).SetProperty(e => e.ClaimedUntilUtc, (DateTime?)null),
            cancel);
    }

    /// <summary>Its maker stops in good order: the next one begins anew, and nobody counts it as an attempt.</summary>
    public Task<bool> GiveBack(CycleExport export, CancellationToken cancel) => Change(
        export,
        set => set.SetProperty(e => e.State, ExportState.Waiting).SetProperty(e => e.Attempts, e => e.Attempts - 1)
            .SetProperty(e => e.Claim, (string?)null).SetProperty(e => e.ClaimedUntilUtc, (DateTime?)null),
        cancel);

    /// <summary>Nobody wants it any more. False: it was over already.</summary>
    public async Task<bool> End(ExportId export, CancellationToken cancel)
    {
        var now = NowUtc;
        await using var database = await exports.CreateDbContextAsync(cancel);
        return await database.Exports.Where(e => e.Export == export.Value && (e.State == ExportState.Waiting || e.State == ExportState.Running)).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.State, ExportState.Ended).SetProperty(e => e.FinishedAtUtc, now).SetProperty(e => e.Claim, (string?)null)
                .SetProperty(e => e.ClaimedUntilUtc, (DateTime?)null),
            cancel) == 1;
    }

    /// <summary>Those whose files have been kept long enough.</summary>
    public async Task<IReadOnlyList<CycleExport>> Overdue(CancellationToken cancel)
    {
        var before = NowUtc - KeptFor;
        await using var database = await exports.CreateDbContextAsync(cancel);
        return await database.Exports.AsNoTracking().Where(e => e.State == ExportState.Finished && e.FinishedAtUtc < before).ToListAsync(cancel);
    }

    public async Task Expire(CycleExport export, CancellationToken cancel)
    {
        await using var database = await exports.CreateDbContextAsync(cancel);
        await database.Exports.Where(e => e.Export == export.Export && e.State == ExportState.Finished).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, ExportState.Expired), cancel);
    }

    public async Task RecordDownload(ExportId export, Actor by, CancellationToken cancel)
    {
        await using var database = await exports.CreateDbContextAsync(cancel);
        database.Downloads.Add(new ExportDownload { Download = Guid.NewGuid(), Export = export.Value, TakenBy = by.ToString(), TakenAtUtc = NowUtc });
        await database.SaveChangesAsync(cancel);
    }

    public async Task<IReadOnlyList<ExportDownload>> Downloads(ExportId export, int limit, CancellationToken cancel)
    {
        await using var database = await exports.CreateDbContextAsync(cancel);
        return await database.Downloads.AsNoTracking().Where(d => d.Export == export.Value).OrderByDescending(d => d.TakenAtUtc).Take(limit).ToListAsync(cancel);
    }

    /// <summary>Only while it is this maker's.</summary>
    private async Task<bool> Change(CycleExport export, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<CycleExport>> set, CancellationToken cancel)
    {
        await using var database = await exports.CreateDbContextAsync(cancel);
        return await database.Exports.Where(e => e.Export == export.Export && e.State == ExportState.Running && e.Claim == export.Claim).ExecuteUpdateAsync(set, cancel) == 1;
    }
}
