using System.Globalization;
using System.Security.Cryptography;
using Marketplace.Journal;

namespace Marketplace.Storage.Tests;

/// <summary>A stream as its single writer sees it: knows its head and makes the next command.</summary>
public sealed class Script(string stream, long version = 0, ReadOnlyMemory<byte> hash = default)
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 5, 8, 30, 0, TimeSpan.Zero);
    private long balance;

    public string Stream { get; } = stream;

    public long Version { get; private set; } = version;

    public ReadOnlyMemory<byte> Hash { get; private set; } = hash;

    public static byte[] RequestHash(string request) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(request));

    /// <summary>The next command; whether it is ever committed is another matter.</summary>
    public JournalCommand Next(
        Guid? id = null, int events = 1, long amountMinor = 100, IReadOnlyList<RowChange>? rows = null, string? snapshot = null, string schema = "s1",
        string request = "request") => new(
        Stream, Version, Hash, id ?? Guid.NewGuid(), RequestHash(request), "System:test", Epoch.AddTicks(Version * 12_345_670),
        [.. Enumerable.Range(0, events).Select(i => Event(i, amountMinor))],
        rows ?? [],
        snapshot is null ? null : new NewSnapshot(schema, snapshot));

    public async Task<CommitResult> Play(IJournal journal, JournalCommand command)
    {
        var result = await journal.Append(command);
        if (result is CommitResult.Committed committed)
        {
            (Version, Hash) = (committed.Version, committed.Hash);
            balance = command.Events.SelectMany(e => e.Postings).LastOrDefault(p => p.Account == "cash")?.BalanceAfterMinor ?? balance;
        }

        return result;
    }

    public Task<CommitResult> Play(IJournal journal) => Play(journal, Next());

    public static RowChange Card(string id, long amountMinor, int rank = 1) => new(
        Database.Cards, [id, amountMinor, rank, true, new DateTime(2026, 3, 31, 16, 0, 0, DateTimeKind.Utc), new DateOnly(2026, 4, 1)]);

    private NewEvent Event(int index, long amountMinor)
    {
        if (amountMinor == 0)
        {
            return new NewEvent("SomethingNoted", "{\"note\":\"先使用后付费\"}", []);
        }

        var after = balance + (amountMinor * (index + 1));
        return new NewEvent(
            "SomethingPaid",
            string.Create(CultureInfo.InvariantCulture, $"{{\"amountMinor\":{amountMinor}}}"),
            [new Posting(0, "cash", "CNY", amountMinor, after), new Posting(0, "receivable.principal", "CNY", -amountMinor, -after)]);
    }
}
