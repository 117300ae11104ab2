using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Marketplace.Host.Accounts;

/// <summary>Codes of six digits that an application computes from a shared key and the time: RFC 6238, with what every application knows (SHA-1, 30 s).</summary>
public static class TimeBasedCode
{
    private const int KeyBytes = 20; // RFC 4226 recommends the length of the hash
    private const int SecondsPerStep = 30;
    private const int Modulus = 1_000_000;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648

    /// <summary>A key in base 32, without padding.</summary>
    public static string NewKey() => Base32(RandomNumberGenerator.GetBytes(KeyBytes));

    public static long StepAt(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalSeconds / SecondsPerStep;

    public static string At(string key, DateTime utc) => Of(key, StepAt(utc));

    /// <summary>
    /// The step that a typed code belongs to: the present one, or one beside it, as clocks differ. Null when it is wrong, or of a step not
    /// later than the one used last: somebody who looked over a shoulder cannot use it again.
    /// </summary>
    public static long? Matching(string key, string typed, DateTime nowUtc, long? lastStep)
    {
        var digits = new string([.. typed.Where(char.IsAsciiDigit)]);
        var now = StepAt(nowUtc);
        long? found = null;
        foreach (var step in (long[])[now - 1, now, now + 1])
        {
            var fits = CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Of(key, step)), System.Text.Encoding.ASCII.GetBytes(digits));
            found = fits && !(step <= lastStep) ? step : found;
        }

        return found;
    }

    /// <summary>What an application reads from the square: <c>otpauth://totp/…</c>.</summary>
    public static string Address(string key, string issuer, string mail) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(mail)}?secret={key}&issuer={Uri.EscapeDataString(issuer)}";

    private static string Of(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Applications know no other hash; what is broken of SHA-1, collisions, does not matter in an HMAC.
        HMACSHA1.HashData(Bytes(key), counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fffffff;
        return (number % Modulus).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var b in bytes)
        {
            (bits, held) = ((bits << 8) | b, held + 8);
            for (; held >= 5; held -= 5)
            {
                text.Append(Alphabet[(bits >> (held - 5)) & 31]);
            }

            bits &= (1 << held) - 1;
        }

        return held == 0 ? text.ToString() : text.Append(Alphabet[(bits << (5 - held)) & 31]).ToString();
    }

    private static byte[] Bytes(string key)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var c in key)
        {
            (bits, held) = ((bits << 5) | Alphabet.IndexOf(c, StringComparison.Ordinal), held + 5);
            if (held >= 8)
            {
                held -= 8;
                bytes.Add((byte)(bits >> held));
                bits &= (1 << held) - 1;
            }
        }

        return [.. bytes];
    }
}
