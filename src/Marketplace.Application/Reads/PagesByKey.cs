using Marketplace.Application.Door;
using Marketplace.Domain;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Reads;

/// <summary>How a list is paged whose order nobody cares about.</summary>
internal static class PagesByKey
{
    /// <summary>The rows after a key, in its order. The key is the row's first column, a text.</summary>
    /// <param name="after">The <c>next</c> of the page before; null: the first page.</param>
    /// <param name="only">Leaves those that the list is about.</param>
    public static async Task<Result<Page<TRow>>> PageByKey<TRow>(
        this IDbContextFactory<MarketplaceReads> reads, string? after, int limit, Func<IQueryable<TRow>, IQueryable<TRow>> only, CancellationToken cancel)
        where TRow : class, IReadRow
    {
        if (Paging.Check(limit) is { } refusal)
        {
            return refusal;
        }

        var key = ReadTable.Of(typeof(TRow)).Properties[0];
        await using var database = await reads.CreateDbContextAsync(cancel);
        var rows = await only(database.Of<TRow>())
            .Where(r => after == null || string.Compare(EF.Property<string>(r, key.Name), after) > 0)
            .OrderBy(r => EF.Property<string>(r, key.Name))
            .Take(limit + 1)
            .ToListAsync(cancel);
        return Page<TRow>.Of(rows, limit, r => (string)key.GetValue(r)!);
    }
}
