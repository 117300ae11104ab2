using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Host.Accounts;

/// <summary>Codes on paper for whoever has lost the application that computes them. Each works once; only their hashes are kept.</summary>
public static class RecoveryCodes
{
    public const int Count = 10;

    private const int Characters = 16; // of 31: 79 bits, too many to find one by its hash
    private const int Group = 4;
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789"; // without what looks alike

    /// <summary>New codes to be shown once, and what is kept of them.</summary>
    public static (IReadOnlyList<string> Codes, string Kept) New()
    {
        string[] codes = [.. Enumerable.Range(0, Count).Select(_ => Shown(RandomNumberGenerator.GetString(Alphabet, Characters)))];
        return (codes, string.Join(' ', codes.Select(Hash)));
    }

    /// <summary>What is kept once this code is used; null when it is none of them.</summary>
    public static string? Use(string kept, string typed)
    {
        var hash = Hash(typed);
        var left = Left(kept);
        return left.Contains(hash) ? string.Join(' ', left.Where(l => l != hash)) : null;
    }

    public static int CountOf(string kept) => Left(kept).Length;

    private static string[] Left(string kept) => kept.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Shown(string code) => string.Join('-', code.Chunk(Group).Select(c => new string(c)));

    private static string Hash(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(new string([.. code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]))));
}
