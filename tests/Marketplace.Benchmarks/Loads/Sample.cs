using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Domain;

namespace Marketplace.Benchmarks.Loads;

/// <summary>What the baselines write: the same sizes as the engine's, worked out beforehand, hashes and all.</summary>
internal static class Sample
{
    public const string Actor = "System:system";

    public static readonly string Charged = CanonicalJson.Write(
        new FeeCharged(10, "royalty", new Money(12_345, Currency.Cny), ChargedAccount.DueOn, ChargedAccount.Why));

    public static readonly string Reminded = CanonicalJson.Write(new ReminderSent(10, ChargedAccount.DueOn, ChargedAccount.Reminder));

    public static readonly string ChargedType = EventCatalog<ChargedAccountEvent>.Instance.NameOf(new FeeCharged(0, "", default, default, ""));

    public static readonly string RemindedType = EventCatalog<ChargedAccountEvent>.Instance.NameOf(new ReminderSent(0, default, ""));

    public static readonly byte[] Hash = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
}
