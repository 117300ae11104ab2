using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Search;

/// <summary>What the index holds of one public result.</summary>
/// <param name="Since1970">When it became public, in microseconds; with its id this is its place in the catalog.</param>
/// <param name="Title">Tokens, in both languages.</param>
/// <param name="Body">Tokens of the summary and the lab's name.</param>
/// <param name="Facets">Sorted, each once.</param>
/// <param name="OffersUntil">Last local day on which its facets are what they are; null without an open offer.</param>
internal sealed record Listing(string Result, string Lab, long Since1970, string Title, string Body, byte[] Facets, DateOnly? OffersUntil)
{
    /// <summary>Of all that is told: the same digest, nothing to write.</summary>
    public long Digest()
    {
        var told = Encoding.UTF8.GetBytes($"{Title}\n{Body}\n{Convert.ToHexString(Facets)}\n{Lab}\n{OffersUntil:O}");
        return BitConverter.ToInt64(SHA256.HashData(told));
    }
}
