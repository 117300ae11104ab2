using System.Buffers;
using System.Numerics;
using Marketplace.Application.Catalog;

namespace Marketplace.Search;

/// <summary>
/// A bit for each listing and facet value, in memory: a count is a population count, exact at any size. What fits words comes as ids.
/// Many may count while nobody writes.
/// </summary>
internal sealed class FacetBitmaps : IDisposable
{
    private const int BitsPerWord = 64;

    private readonly ReaderWriterLockSlim access = new();
    private readonly Dictionary<long, int> slots = [];
    private readonly Stack<int> free = [];
    private readonly ulong[]?[] values = new ulong[FacetValues.Count][];
    private ulong[] all = new ulong[16];

    /// <summary>What is counted: listings that fit everything that is chosen but of one facet.</summary>
    /// <param name="Ids">Of listings that fit; null: whatever the bits say.</param>
    public readonly record struct Hits(IReadOnlyList<long>? Ids, bool IsCutOff);

    /// <summary>Takes listings in or out, as one step for whoever counts.</summary>
    /// <param name="changes">Null facets: it is gone.</param>
    public void Change(IEnumerable<(long Id, byte[]? Facets)> changes)
    {
        access.EnterWriteLock();
        try
        {
            foreach (var (id, facets) in changes)
            {
                Remove(id);
                if (facets is not null)
                {
                    Add(id, facets);
                }
            }
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <param name="chosen">By facet, the chosen values; none: any.</param>
    /// <param name="hitsWithout">Hits when the choice of a facet is left out, or of none: called once for none and once for each facet with a choice.</param>
    public CatalogCounts Count(byte[][] chosen, Func<Facet?, Hits> hitsWithout)
    {
        var everything = hitsWithout(null);
        var without = Array.ConvertAll(Enum.GetValues<Facet>(), f => chosen[(int)f].Length > 0 ? hitsWithout(f) : everything);
        access.EnterReadLock();
        var scratch = ArrayPool<ulong>.Shared.Rent(all.Length);
        var ofAll = ArrayPool<ulong>.Shared.Rent(all.Length);
        try
        {
            Select(ofAll, chosen, null, everything);
            List<(byte Value, CatalogCount Count)> Of(Facet facet)
            {
                var selected = ofAll;
                if (chosen[(int)facet].Length > 0)
                {
                    Select(scratch, chosen, facet, without[(int)facet]);
                    selected = scratch;
                }

                var counts = new List<(byte, CatalogCount)>();
                var (first, last) = FacetValues.Range(facet);
                for (var value = first; value <= last; value++)
                {
                    var count = values[value] is { } bits ? Common(selected, bits) : 0;
                    if (count > 0 || chosen[(int)facet].Contains((byte)value))
                    {
                        counts.Add(((byte)value, CatalogCount.Of(count, without[(int)facet].IsCutOff)));
                    }
                }

                return counts;
            }

            return FacetCounts.Of(CatalogCount.Of(Common(ofAll, all), everything.IsCutOff), Of);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(scratch);
            ArrayPool<ulong>.Shared.Return(ofAll);
            access.ExitReadLock();
        }
    }

    public void Dispose() => access.Dispose();

    private void Select(ulong[] into, byte[][] chosen, Facet? without, Hits hits)
    {
        if (hits.Ids is { } ids)
        {
            Array.Clear(into, 0, all.Length);
            foreach (var id in ids)
            {
                // Found in the file a moment ago, and perhaps gone since.
                if (slots.TryGetValue(id, out var slot))
                {
                    into[slot / BitsPerWord] |= Bit(slot);
                }
            }

            return;
        }

        all.CopyTo(into, 0);
        var any = ArrayPool<ulong>.Shared.Rent(all.Length);
        for (var facet = 0; facet < chosen.Length; facet++)
        {
            if (chosen[facet].Length == 0 || facet == (int?)without)
            {
                continue;
            }

            Array.Clear(any, 0, all.Length);
            foreach (var bits in chosen[facet].Select(value => values[value]).OfType<ulong[]>())
            {
                for (var i = 0; i < bits.Length; i++)
                {
                    any[i] |= bits[i];
                }
            }

            for (var i = 0; i < all.Length; i++)
            {
                into[i] &= any[i];
            }
        }

        ArrayPool<ulong>.Shared.Return(any);
    }

    /// <summary>Arrays from a pool are longer than what they hold.</summary>
    private long Common(ulong[] selected, ulong[] bits)
    {
        var count = 0L;
        var left = selected.AsSpan(0, all.Length);
        var right = bits.AsSpan(0, all.Length);
        for (var i = 0; i < left.Length; i++)
        {
            count += BitOperations.PopCount(left[i] & right[i]);
        }

        return count;
    }

    private void Add(long id, byte[] facets)
    {
        var slot = free.TryPop(out var reused) ? reused : slots.Count;
        slots.Add(id, slot);
        if (slot / BitsPerWord >= all.Length)
        {
            Grow();
        }

        all[slot / BitsPerWord] |= Bit(slot);
        foreach (var value in facets)
        {
            (values[value] ??= new ulong[all.Length])[slot / BitsPerWord] |= Bit(slot);
        }
    }

    private void Remove(long id)
    {
        if (!slots.Remove(id, out var slot))
        {
            return;
        }

        free.Push(slot);
        all[slot / BitsPerWord] &= ~Bit(slot);
        foreach (var bits in values)
        {
            if (bits is not null)
            {
                bits[slot / BitsPerWord] &= ~Bit(slot);
            }
        }
    }

    private void Grow()
    {
        Array.Resize(ref all, all.Length * 2);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not null)
            {
                Array.Resize(ref values[i], all.Length);
            }
        }
    }

    private static ulong Bit(int slot) => 1UL << (slot % BitsPerWord);
}
