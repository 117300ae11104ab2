using Marketplace.Application.Reads;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Teams;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>A team of which those are told who are trusted with one of the duties.</summary>
/// <param name="Team">As in <see cref="ITeamGrain.KeyOf"/>.</param>
public readonly record struct TeamReaders(string Team, Duty For);

/// <summary>Who belongs to teams now.</summary>
public sealed class NoticePeople(IDbContextFactory<MarketplaceReads> reads)
{
    /// <summary>The members of some teams, by team.</summary>
    public async Task<ILookup<string, (string Person, Duty Duties)>> Of(IReadOnlyCollection<string> teams, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        var rows = await database.Of<TeamMemberRow>().Where(m => teams.Contains(m.Team) && m.Roles != "").ToListAsync(cancel);
        return rows.ToLookup(m => m.Team, m => (m.Person, m.RoleList().Duties()), StringComparer.Ordinal);
    }
}
