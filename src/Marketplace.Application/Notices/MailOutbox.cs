using Marketplace.Application.Mail;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>A letter that somebody has taken up to hand it over.</summary>
/// <param name="Sealed">The letter, protected.</param>
public sealed record LeasedMail(string Mail, string Sealed, string Lease);

/// <summary>
/// Letters on their way out, in the database: they outlive the process, and of several hosts one takes each up. Time is an argument: it is that of
/// the machine, whatever day the marketplace's own clock shows.
/// </summary>
public sealed class MailOutbox(IDbContextFactory<NoticesDatabase> mails)
{
    /// <summary>Whoever takes a letter up has so long to hand it over; afterwards somebody else does.</summary>
    public static readonly TimeSpan LeaseLasts = TimeSpan.FromMinutes(10);

    /// <summary>Keeps a letter to be sent. One with this name that was kept before, sent or not, is not kept again.</summary>
    public async Task Add(string mail, OutgoingMailKind kind, string sealedLetter, DateTime nowUtc, CancellationToken cancel)
    {
        await using var database = await mails.CreateDbContextAsync(cancel);
        if (!await database.Mails.AnyAsync(m => m.Mail == mail, cancel))
        {
            database.Mails.Add(New(mail, kind, sealedLetter, nowUtc));
            await database.SaveChangesAsync(cancel);
        }
    }

    public static OutgoingMail New(string mail, OutgoingMailKind kind, string sealedLetter, DateTime nowUtc) =>
        new() { Mail = mail, Kind = kind, Sealed = sealedLetter, CreatedAtUtc = nowUtc, NextTryAtUtc = nowUtc, Status = OutgoingMailStatus.Waiting };

    /// <summary>What was being handed over by somebody who never came back is of unknown outcome.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EndLost(DateTime nowUtc, CancellationToken cancel)
    {
        await using var database = await mails.CreateDbContextAsync(cancel);
        return await End(
            database.Mails.Where(m => m.Status == OutgoingMailStatus.HandingOver && m.LeasedUntilUtc < nowUtc), OutgoingMailStatus.Unknown, "The process ended while it was handed over.", nowUtc, cancel);
    }

    /// <summary>Takes up letters that are due and that nobody else has.</summary>
    public async Task<IReadOnlyList<LeasedMail>> Lease(int most, DateTime nowUtc, CancellationToken cancel)
    {
        await using var database = await mails.CreateDbContextAsync(cancel);
        var due = await database.Mails.AsNoTracking()
            .Where(m => m.Status == OutgoingMailStatus.Waiting && m.NextTryAtUtc <= nowUtc && (m.LeasedUntilUtc == null || m.LeasedUntilUtc < nowUtc))
            .OrderBy(m => m.NextTryAtUtc).Take(most).Select(m => new { m.Mail, m.Sealed }).ToListAsync(cancel);
        var (leased, lease, until) = (new List<LeasedMail>(), Guid.NewGuid().ToString("N"), nowUtc + LeaseLasts);
        foreach (var mail in due)
        {
            var taken = await database.Mails
                .Where(m => m.Mail == mail.Mail && m.Status == OutgoingMailStatus.Waiting && (m.LeasedUntilUtc == null || m.LeasedUntilUtc < nowUtc))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Lease, lease).SetProperty(m => m.LeasedUntilUtc, until), cancel);
            if (taken > 0)
            {
                leased.Add(new LeasedMail(mail.Mail, mail.Sealed!, lease));
            }
        }

        return leased;
    }

    /// <summary>From here on it may be with whoever takes it. False: the lease is over, and somebody else has it.</summary>
    public async Task<bool> Begin(LeasedMail mail, DateTime nowUtc, CancellationToken cancel)
    {
        var until = nowUtc + LeaseLasts;
        await using var database = await mails.CreateDbContextAsync(cancel);
        return await Held(database, mail).Where(m => m.Status == OutgoingMailStatus.Waiting && m.LeasedUntilUtc >= nowUtc)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, OutgoingMailStatus.HandingOver).SetProperty(m => m.LeasedUntilUtc, until), cancel) > 0;
    }

    public async Task Sent(LeasedMail mail, DateTime nowUtc, CancellationToken cancel)
    {
        await using var database = await mails.CreateDbContextAsync(cancel);
        await End(Held(database, mail), OutgoingMailStatus.Sent, null, nowUtc, cancel);
    }

    /// <summary>The line broke when it may have been there already.</summary>
    public async Task Unknown(LeasedMail mail, string reason, DateTime nowUtc, CancellationToken cancel)
    {
        await using var database = await mails.CreateDbContextAsync(cancel);
        await End(Held(database, mail), OutgoingMailStatus.Unknown, reason, nowUtc, cancel);
    }

    /// <summary>Nobody took it: it waits longer than the last time, or is given up, which is told by true.</summary>
    public async Task<bool> NotTaken(LeasedMail mail, string reason, DateTime nowUtc, CancellationToken cancel)
    {
        await using var database = await mails.CreateDbContextAsync(cancel);
        if (await Held(database, mail).AsNoTracking().SingleOrDefaultAsync(cancel) is not { } kept)
        {
            return false; // somebody else has it by now
        }

        if (nowUtc - kept.CreatedAtUtc >= OutgoingMail.GivenUpAfter)
        {
            return await End(Held(database, mail), OutgoingMailStatus.GivenUp, reason, nowUtc, cancel) > 0;
        }

        var next = nowUtc + OutgoingMail.WaitAfter(kept.Attempts + 1);
        await Held(database, mail).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Status, OutgoingMailStatus.Waiting).SetProperty(m => m.Attempts, kept.Attempts + 1).SetProperty(m => m.NextTryAtUtc, next)
                .SetProperty(m => m.Reason, reason).SetProperty(m => m.Lease, (string?)null).SetProperty(m => m.LeasedUntilUtc, (DateTime?)null),
            cancel);
        return false;
    }

    /// <summary>What was sealed can be opened no more.</summary>
    public async Task Unreadable(LeasedMail mail, DateTime nowUtc, CancellationToken cancel)
    {
        await using var database = await mails.CreateDbContextAsync(cancel);
        await End(Held(database, mail), OutgoingMailStatus.GivenUp, "The key that protects it is gone.", nowUtc, cancel);
    }

    private static IQueryable<OutgoingMail> Held(NoticesDatabase database, LeasedMail mail) => database.Mails.Where(m => m.Mail == mail.Mail && m.Lease == mail.Lease);

    private static Task<int> End(IQueryable<OutgoingMail> which, OutgoingMailStatus status, string? reason, DateTime nowUtc, CancellationToken cancel) => which.ExecuteUpdateAsync(
        set => set.SetProperty(m => m.Status, status).SetProperty(m => m.Sealed, (string?)null).SetProperty(m => m.Reason, m => reason ?? m.Reason)
            .SetProperty(m => m.NextTryAtUtc, (DateTime?)null).SetProperty(m => m.LeasedUntilUtc, (DateTime?)null).SetProperty(m => m.EndedAtUtc, nowUtc),
        cancel);
}
