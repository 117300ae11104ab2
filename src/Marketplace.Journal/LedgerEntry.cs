namespace Marketplace.Journal;

/// <summary>The rule of double entry, in one place for writing and for checking: at least two legs, none of 0, and a sum of 0 per currency.</summary>
public static class LedgerEntry
{
    /// <summary>Why the legs from <paramref name="start"/> up to <paramref name="end"/> (excluded) are no entry, or null when they are one.</summary>
    public static string? Imbalance(IReadOnlyList<Posting> postings, int start, int end)
    {
        if (end - start < 2)
        {
            return "fewer than two legs";
        }

        for (var i = start; i < end; i++)
        {
            if (postings[i].AmountMinor == 0)
            {
                return "a leg of 0";
            }

            // Entries have a handful of legs, nearly always of one currency: a second loop is cheaper than a dictionary.
            if (i == start || postings[i].Currency != postings[i - 1].Currency)
            {
                var sum = Sum(postings, start, end, postings[i].Currency);
                if (sum != 0)
                {
                    return $"{postings[i].Currency} sums to {sum}";
                }
            }
        }

        return null;
    }

    private static Int128 Sum(IReadOnlyList<Posting> postings, int start, int end, string currency)
    {
        Int128 sum = 0;
        for (var i = start; i < end; i++)
        {
            sum += postings[i].Currency == currency ? postings[i].AmountMinor : 0;
        }

        return sum;
    }
}
