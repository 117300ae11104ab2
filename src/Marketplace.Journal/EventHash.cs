using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Journal;

/// <summary>
/// The hash that chains a stream: SHA-256 of the previous hash and everything that an event says, postings included.
/// Every part is preceded by its length, so no two different events share an encoding. The format is frozen.
/// </summary>
public static class EventHash
{
    public const int Length = 32;

    private static readonly byte[] Format = "marketplace.event.1"u8.ToArray();

    /// <summary>Scratch paper of each thread: hashing runs once per event, and a fresh buffer each time was most of what it allocated.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    /// <param name="previousHash">Hash of the stream's event before this one; empty for version 1.</param>
    /// <param name="recordedAtUtc">Hashed as whole microseconds since 1970, the precision that both databases keep.</param>
    public static byte[] Compute(
        ReadOnlySpan<byte> previousHash,
        string stream,
        long version,
        string type,
        string body,
        Guid commandId,
        ReadOnlySpan<byte> requestHash,
        string actor,
        DateTimeOffset recordedAtUtc,
        IReadOnlyList<Posting> postings)
    {
        var canonical = scratch ??= new ArrayBufferWriter<byte>(4096);
        canonical.ResetWrittenCount();
        Put(canonical, Format);
        Put(canonical, previousHash);
        Put(canonical, stream);
        Put(canonical, version);
        Put(canonical, type);
        Put(canonical, body);
        Put(canonical, commandId);
        Put(canonical, requestHash);
        Put(canonical, actor);
        Put(canonical, Microseconds.Since1970(recordedAtUtc));
        Put(canonical, postings.Count);
        foreach (var posting in postings)
        {
            Put(canonical, posting.Entry);
            Put(canonical, posting.Account);
            Put(canonical, posting.Currency);
            Put(canonical, posting.AmountMinor);
            Put(canonical, posting.BalanceAfterMinor);
        }

        return SHA256.HashData(canonical.WrittenSpan);
    }

    /// <summary>The hash that this stored event should have, given what it says.</summary>
    public static byte[] Compute(RecordedEvent stored) => Compute(
        stored.PreviousHash.Span, stored.Stream, stored.Version, stored.Type, stored.Body, stored.CommandId,
        stored.RequestHash.Span, stored.Actor, stored.RecordedAtUtc, stored.Postings);

    private static void Put(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(4), bytes.Length);
        to.Advance(4);
        to.Write(bytes);
    }

    private static void Put(ArrayBufferWriter<byte> to, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(4), length);
        to.Advance(4);
        to.Advance(Encoding.UTF8.GetBytes(text, to.GetSpan(length)));
    }

    private static void Put(ArrayBufferWriter<byte> to, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), number);
        to.Advance(8);
    }

    private static void Put(ArrayBufferWriter<byte> to, Guid id)
    {
        id.TryWriteBytes(to.GetSpan(16), bigEndian: true, out var written);
        to.Advance(written);
    }
}
