using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>How much somebody has not read. Asked on every page: one look into an index, which ends where it does not matter any more.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record CountUnreadNotices : IQuery<UnreadNotices>
{
    /// <summary>Nobody counts further.</summary>
    public const int Most = 100;
}

/// <param name="Number">At most <see cref="CountUnreadNotices.Most"/>, which means that many or more.</param>
public sealed record UnreadNotices(int Number);

internal sealed class CountUnreadNoticesHandler(IDbContextFactory<NoticesDatabase> notices, Caller caller) : IRequestHandler<CountUnreadNotices, Result<UnreadNotices>>
{
    public async Task<Result<UnreadNotices>> Handle(CountUnreadNotices request, CancellationToken cancellationToken)
    {
        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        return new UnreadNotices(await database.Notices.Where(n => n.Person == caller.Principal.Person && n.IsShown && n.ReadAtUtc == null).Take(CountUnreadNotices.Most).CountAsync(cancellationToken));
    }
}
