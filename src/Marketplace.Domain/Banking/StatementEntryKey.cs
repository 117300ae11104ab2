using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Domain.Banking;

/// <summary>
/// Which booking of a bank a line is: the same whenever and in whatever company of other days it is sent again. ASCII, at most 80 characters:
/// <c>ref-</c> or <c>sum-</c>, SHA-256, and an ordinal.
/// </summary>
/// <remarks>
/// A bank's reference is not believed to be unique: voucher numbers are used twice, a reversal carries the number of what it reverses, and the
/// details of a batch share one. So date, sum and direction go into the hash beside it, but none of the texts, which two channels of one bank write
/// differently. Without a reference everything that identifies goes in. Lines that are still equal are twins and are numbered: their number says how
/// many of them a file has, not which is which, so the order of the file does not matter.
/// <c>NtryRef</c> is no such reference: many banks count it from 1 in each statement, others put the account into it.
/// </remarks>
public readonly record struct StatementEntryKey
{
    internal StatementEntryKey(string value) => Value = value;

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Numbers the twins of one file; one per pass. Holds 20 bytes per line that is not equal to an earlier one.</summary>
public sealed class StatementEntryKeys
{
    private readonly Dictionary<UInt128, int> seen = [];

    public StatementEntryKey Of(StatementAccount account, StatementEntry entry)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Identity(account, entry)));
        ref var ordinal = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, BinaryPrimitives.ReadUInt128BigEndian(hash), out _);
        ordinal++;
        var kind = entry.ServicerReference is null ? "sum" : "ref";
        return new StatementEntryKey(string.Create(CultureInfo.InvariantCulture, $"{kind}-{Convert.ToHexStringLower(hash)}-{ordinal}"));
    }

    private static string Identity(StatementAccount account, StatementEntry entry)
    {
        var text = new StringBuilder(256);
        Add(text, "1"); // of this list: another list is another number
        Add(text, StatementAccount.Normal(account.Number));
        Add(text, account.Currency.Code);
        Add(text, entry.BookedOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        Add(text, Amount(entry.Amount));
        Add(text, entry.IsCredit ? "C" : "D");
        Add(text, entry.IsReversal ? "R" : "");
        Add(text, entry.ServicerReference);
        if (entry.ServicerReference is null || entry.Batch is not null)
        {
            Add(text, entry.EndToEndId);
            Add(text, entry.CounterpartyName);
            Add(text, entry.CounterpartyAccount);
            Add(text, entry.Remittance);
            Add(text, entry.StructuredReference);
        }

        if (entry.ServicerReference is null)
        {
            Add(text, entry.BookedAt?.ToString("HHmmss", CultureInfo.InvariantCulture));
            Add(text, entry.BalanceAfter is { } balance ? Amount(balance) : null);
        }

        return text.ToString();
    }

    /// <summary>With its length before it, so that no two lists of texts look the same; broken differently into lines it stays the same.</summary>
    private static void Add(StringBuilder text, string? part)
    {
        var one = part is null ? "" : string.Join(' ', part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        text.Append(one.Length).Append(':').Append(one);
    }

    private static string Amount(Money money) => money.AmountMinor.ToString(CultureInfo.InvariantCulture);
}
