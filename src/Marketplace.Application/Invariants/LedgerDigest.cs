using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>
/// SHA-256 over the content of every stream and account: names, versions, types, bodies, actors, instants, legs and balances.
/// Positions, command ids and hashes are left out, so it does not depend on how streams interleaved, nor on the database.
/// </summary>
public sealed class LedgerDigest
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<(string Account, string Currency), Int128> accounts = [];

    private LedgerDigest() => Put("marketplace.ledger.1");

    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static async Task<string> Of(IJournalAudit audit, CancellationToken cancel = default)
    {
        await using var view = await audit.OpenView(cancel);
        var digest = new LedgerDigest();
        await foreach (var row in view.ReadByStream(cancel))
        {
            digest.Put(row.Event);
        }

        return digest.End();
    }

    private void Put(RecordedEvent stored)
    {
        Put(stored.Stream);
        Put(stored.Version);
        Put(stored.Type);
        Put(stored.Body);
        Put(stored.Actor);
        Put(Microseconds.Since1970(stored.RecordedAtUtc));
        Put(stored.Postings.Count);
        foreach (var posting in stored.Postings)
        {
            Put(posting.Entry);
            Put(posting.Account);
            Put(posting.Currency);
            Put(posting.AmountMinor);
            Put(posting.BalanceAfterMinor);
            accounts[(posting.Account, posting.Currency)] = accounts.GetValueOrDefault((posting.Account, posting.Currency)) + posting.AmountMinor;
        }
    }

    private string End()
    {
        foreach (var ((account, currency), balance) in accounts.OrderBy(a => a.Key.Account, StringComparer.Ordinal).ThenBy(a => a.Key.Currency, StringComparer.Ordinal))
        {
            Put(account);
            Put(currency);
            Put(balance.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Put(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Put(bytes.Length);
        hash.AppendData(bytes);
    }

    private void Put(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
