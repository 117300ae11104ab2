namespace Marketplace.Domain;

/// <summary>The one place where a fraction of a minor unit becomes a whole one.</summary>
public static class Rounding
{
    /// <summary>numerator ÷ denominator to the nearest whole number; an exact half goes to the even neighbour.</summary>
    /// <param name="numerator">Of either sign.</param>
    /// <param name="denominator">Greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is 0 or less.</exception>
    /// <exception cref="OverflowException">The quotient does not fit into a <see cref="long"/>.</exception>
    public static long HalfEven(Int128 numerator, Int128 denominator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(denominator, Int128.Zero);
        var (quotient, remainder) = Int128.DivRem(numerator, denominator);
        var distance = Int128.Abs(remainder); // below the denominator, so it cannot overflow
        var toTheNext = denominator - distance; // compared instead of 2 × distance, which could
        var awayFromZero = distance > toTheNext || (distance == toTheNext && Int128.IsOddInteger(quotient));
        return checked((long)(awayFromZero ? quotient + Int128.Sign(numerator) : quotient));
    }
}
