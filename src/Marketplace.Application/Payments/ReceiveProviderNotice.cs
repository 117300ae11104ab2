using System.Text.RegularExpressions;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Payments;
using Orleans;

namespace Marketplace.Application.Payments;

/// <summary>
/// Keeps what a provider says by itself, once, before anything is done about it. Whoever sends it is known by its signature alone, so this
/// is no request of the door.
/// </summary>
public sealed partial class ReceiveProviderNotice(IGrainFactory grains, IEnumerable<IProviderBooks> books, MarketplaceClock clock)
{
    /// <param name="provider">Whose notice it claims to be.</param>
    /// <param name="body">As it came, every character: the signature covers it.</param>
    /// <returns>Refused, and nothing is kept, when it is not the provider's; accepted when it is kept, now or since it came before.</returns>
    /// <exception cref="Journal.JournalUnavailableException">Not kept, or unknown: the provider must send it again.</exception>
    public async Task<Answer> Receive(string provider, string body, string? signature)
    {
        if (books.FirstOrDefault(b => b.Name == provider) is not { } said)
        {
            return Refusal.NotFound();
        }

        var verified = said.Verify(body, signature, clock.NowUtc);
        return verified.Refusal is { } refusal ? refusal : await Keep(verified.Value);
    }

    /// <summary>Keeps a notice that is known to be the provider's.</summary>
    public async Task<Answer> Keep(ReceiveNotice notice)
    {
        if (!Name().IsMatch(notice.Notice))
        {
            return Refusal.Invalid("notice-malformed", "通知编号无效。", "This is no id of a notice.", "id");
        }

        // Under the same id only the same: of a repetition the first is kept, whatever the second says.
        var key = $"{notice.Provider}:{notice.Notice}";
        var id = DerivedId.Guid("notice", key);
        return await grains.GetGrain<IProviderNoticeGrain>(key).Execute(CommandEnvelope.BySystem(id, notice));
    }

    [GeneratedRegex("^[A-Za-z0-9_]{1,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
