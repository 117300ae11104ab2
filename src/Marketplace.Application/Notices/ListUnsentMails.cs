using Marketplace.Application.Door;
using Marketplace.Application.Mail;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>Letters that nobody took for too long, and those of which nobody knows whether they arrived. What stood in them and to whom they went is not kept.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListUnsentMails(string? After = null, int Limit = 50) : IQuery<UnsentMails>;

/// <param name="Waiting">Letters that are still on their way.</param>
/// <param name="Items">Given up or unknown, by name.</param>
public sealed record UnsentMails(int Waiting, IReadOnlyList<UnsentMail> Items, string? Next);

/// <param name="Reason">What the mail server said, or why nothing more is known.</param>
public sealed record UnsentMail(string Mail, OutgoingMailKind Kind, OutgoingMailStatus Status, int Attempts, string? Reason, DateTimeOffset CreatedAtUtc, DateTimeOffset EndedAtUtc);

internal sealed class ListUnsentMailsHandler(IDbContextFactory<NoticesDatabase> notices) : IRequestHandler<ListUnsentMails, Result<UnsentMails>>
{
    public async Task<Result<UnsentMails>> Handle(ListUnsentMails request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        var waiting = await database.Mails.CountAsync(m => m.Status == OutgoingMailStatus.Waiting || m.Status == OutgoingMailStatus.HandingOver, cancellationToken);
        var failed = await database.Mails.AsNoTracking()
            .Where(m => (m.Status == OutgoingMailStatus.GivenUp || m.Status == OutgoingMailStatus.Unknown) && (request.After == null || string.Compare(m.Mail, request.After) > 0))
            .OrderBy(m => m.Mail).Take(request.Limit + 1).ToListAsync(cancellationToken);
        var page = Page<UnsentMail>.Of(
            [.. failed.Select(m => new UnsentMail(m.Mail, m.Kind, m.Status, m.Attempts, m.Reason, m.CreatedAtUtc.Instant(), m.EndedAtUtc!.Value.Instant()))], request.Limit, m => m.Mail);
        return new UnsentMails(waiting, page.Items, page.Next);
    }
}
