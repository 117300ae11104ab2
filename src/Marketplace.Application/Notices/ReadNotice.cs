using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>Somebody has read one of their notices. Read again, it stays read.</summary>
/// <param name="Notice">As in <see cref="NoticeView.Notice"/>.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record ReadNotice(Guid CommandId, string Notice) : ICommandRequest;

/// <summary>Somebody has read all that they were told so far.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record ReadAllNotices(Guid CommandId) : ICommandRequest;

internal sealed class ReadNoticeHandler(IDbContextFactory<NoticesDatabase> notices, Caller caller, MarketplaceClock clock)
    : IRequestHandler<ReadNotice, Answer>, IRequestHandler<ReadAllNotices, Answer>
{
    public async Task<Answer> Handle(ReadNotice request, CancellationToken cancellationToken)
    {
        var (person, now) = (caller.Principal.Person, clock.NowUtc.UtcDateTime);
        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        var one = database.Notices.Where(n => n.Person == person && n.Source == request.Notice && n.IsShown);
        await one.Where(n => n.ReadAtUtc == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAtUtc, now), cancellationToken);
        return await one.AnyAsync(cancellationToken) ? new Accepted(request.Notice, 0) : Refusal.NotFound();
    }

    public async Task<Answer> Handle(ReadAllNotices request, CancellationToken cancellationToken)
    {
        var (person, now) = (caller.Principal.Person, clock.NowUtc.UtcDateTime);
        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        await database.Notices.Where(n => n.Person == person && n.IsShown && n.ReadAtUtc == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAtUtc, now), cancellationToken);
        return new Accepted(person, 0);
    }
}
