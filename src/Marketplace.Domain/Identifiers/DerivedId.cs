using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Domain;

/// <summary>Ids that follow from other ids, so that whoever repeats the work names the same thing.</summary>
public static class DerivedId
{
    public static Guid Guid(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts)), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80); // version 8: vendor-specific, RFC 9562
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    public static TId From<TId>(params ReadOnlySpan<string> parts) where TId : struct, IId<TId> => Id.CreatedBy<TId>(Guid(parts));
}
