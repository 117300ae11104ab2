namespace Marketplace.Domain;

/// <summary>Splits a whole into parts that sum to it again, to the last minor unit.</summary>
public static class Shares
{
    /// <summary>
    /// Part i is total × weight i, rounded half to even, but never more than what the parts before it left over;
    /// the last part takes the rest. So every part is ≥ 0 and the parts sum to the total.
    /// </summary>
    /// <param name="totalMinor">Minor units, ≥ 0.</param>
    /// <param name="weightsPpm">Each positive, together exactly 1 000 000.</param>
    /// <exception cref="ArgumentException">The weights are not the whole (<see cref="Check"/> says so politely), or the total is negative.</exception>
    public static IReadOnlyList<long> Split(long totalMinor, IReadOnlyList<long> weightsPpm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalMinor);
        if (Check(weightsPpm, nameof(weightsPpm)) is { } refusal)
        {
            throw new ArgumentException(refusal.En, nameof(weightsPpm));
        }

        var parts = new long[weightsPpm.Count];
        var leftMinor = totalMinor;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            parts[i] = Math.Min(Rounding.HalfEven((Int128)totalMinor * weightsPpm[i], Money.WholePpm), leftMinor);
            leftMinor -= parts[i];
        }

        parts[^1] = leftMinor;
        return parts;
    }

    /// <summary>Refuses, with <c>shares-not-whole</c>, weights that are not all positive or do not total 100 %.</summary>
    /// <param name="weightsPpm">Parts per million.</param>
    /// <param name="field">Path of the input field, for the refusal.</param>
    public static Refusal? Check(IReadOnlyList<long> weightsPpm, string field)
    {
        for (var i = 0; i < weightsPpm.Count; i++)
        {
            if (weightsPpm[i] <= 0)
            {
                return NotWhole(
                    $"第 {i + 1} 项份额须大于 0，实为百万分之 {weightsPpm[i]}。",
                    $"Share {i + 1} must be greater than 0, but is {weightsPpm[i]} parts per million.",
                    $"{field}[{i}]");
            }
        }

        var sumPpm = weightsPpm.Aggregate(Int128.Zero, (sum, weightPpm) => sum + weightPpm);
        return sumPpm == Money.WholePpm
            ? null
            : NotWhole(
                $"各项份额合计须为 1000000（百万分比，即 100%），实为 {sumPpm}。",
                $"Shares must total 1000000 parts per million (100 %), but total {sumPpm}.",
                field);
    }

    private static Refusal NotWhole(string zh, string en, string field) => Refusal.Invalid("shares-not-whole", zh, en, field);
}
