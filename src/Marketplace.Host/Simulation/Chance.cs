using System.Buffers.Binary;
using System.Globalization;
using Marketplace.Domain;

namespace Marketplace.Host.Simulation;

/// <summary>
/// Dice that fall the same way whenever they are thrown for the same reason. Nothing depends on the order of throws, so that agreements
/// may be played side by side, and an interrupted simulation goes on as if nothing had happened.
/// </summary>
/// <param name="seed">Of the whole simulation.</param>
/// <param name="about">What these dice are for, e.g. one agreement.</param>
internal sealed class Chance(long seed, string about)
{
    /// <summary>Both bounds included.</summary>
    public long Between(string reason, long least, long most)
    {
        Span<byte> bytes = stackalloc byte[16];
        Id($"dice {reason}").TryWriteBytes(bytes);
        return least + (long)(BinaryPrimitives.ReadUInt64LittleEndian(bytes) % (ulong)(most - least + 1));
    }

    public int Days(string reason, int least, int most) => (int)Between(reason, least, most);

    public bool Percent(string reason, int percent) => Between(reason, 0, 99) < percent;

    public T Among<T>(string reason, params IReadOnlyList<T> values) => values[(int)Between(reason, 0, values.Count - 1)];

    /// <summary>The command id for what is done for this reason: done again, it is the same command.</summary>
    public Guid Id(string reason) => DerivedId.Guid("simulation", seed.ToString(CultureInfo.InvariantCulture), about, reason);
}
