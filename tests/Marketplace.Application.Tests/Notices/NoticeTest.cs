using Marketplace.Application.Door;
using Marketplace.Application.Notices;
using Marketplace.Application.Teams;
using Marketplace.Application.Tests.Policy;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Application.Tests.Notices;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Teams;

/// <summary>A market whose organisations have people; nothing follows or rings but when a test says so.</summary>
public abstract class NoticeTest(Func<Task<Database>> create) : PolicyTest(create)
{
    private const string Secret = "what the mail says";

    private protected IDbContextFactory<NoticesDatabase> Tables => Engine.Services.GetRequiredService<IDbContextFactory<NoticesDatabase>>();

    private protected FollowNotices Follower => Engine.Services.GetRequiredService<FollowNotices>();

    /// <summary>Somebody who joins the team of an organisation, or the marketplace's own.</summary>
    private protected Task<Principal> Join(Principal team, params MemberRole[] roles) => Join(team, null, roles);

    /// <param name="inventor">By which name they stand in splits; null: they are no inventor.</param>
    private protected async Task<Principal> Join(Principal team, string? inventor, params MemberRole[] roles)
    {
        var (account, invitation) = (new Principal(ActorRole.Person, null, PersonId.New().Value, Duty.Self, IsProven: true), Guid.NewGuid());
        await Engine.Accept(team, new InviteMember(invitation, roles, Sha256Hex.Of(Secret), Inventor: inventor));
        await Engine.Accept(account, new JoinTeam(Guid.NewGuid(), InviteMember.IdOf(invitation), Secret));
        return (await Engine.Door.Ask(Principal.System, new ListMemberships(PersonId.Wrap(account.Person)))).Value.Single().Principal(isProven: true);
    }

    /// <summary>Follows until everything that was written so far is told. On PostgreSQL whoever writes anywhere on the server holds readers back for a moment.</summary>
    private protected async Task Follow(FollowNotices? follower = null)
    {
        var last = await LastPlace();
        do
        {
            await (follower ?? Follower).Step();
        }
        while (await Position() is var at && new JournalPosition(at.Epoch, at.Place).CompareTo(last) < 0);
    }

    private protected async Task<NoticePosition> Position()
    {
        await using var database = await Tables.CreateDbContextAsync();
        return await database.Positions.AsNoTracking().SingleAsync(p => p.Name == NoticePosition.Journal);
    }

    private protected async Task<List<Notice>> All()
    {
        await using var database = await Tables.CreateDbContextAsync();
        return await database.Notices.AsNoTracking().ToListAsync();
    }

    private protected async Task<string[]> TypesOf(Principal person) => [.. (await List(person)).Select(n => n.Type)];

    private protected async Task<IReadOnlyList<NoticeView>> List(Principal person) => (await Engine.Door.Ask(person, new ListNotices(Limit: 100))).Value.Items;

    private async Task<JournalPosition> LastPlace()
    {
        var written = await Storage.Journal.ReadHeads().Select(h => h.Version).SumAsync();
        while (true)
        {
            if (await Storage.Journal.ReadPlaces(JournalPosition.Start, int.MaxValue) is { Count: > 0 } places && places.Count >= written)
            {
                return places[^1].Position;
            }
        }
    }
}
