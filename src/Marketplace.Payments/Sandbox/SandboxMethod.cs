using Marketplace.Domain;

namespace Marketplace.Payments.Sandbox;

/// <summary>What the sandbox will do with a payment: its method is the script. See <see cref="SandboxMethods"/>.</summary>
/// <param name="Percent">Part of the amount that moves, 0 to 100.</param>
/// <param name="DecidesAfterDays">Days until it moves or is declined; 0: at once.</param>
internal sealed record SandboxMethod(int Percent, int DecidesAfterDays = 0)
{
    public const string Prefix = SandboxPayments.ProviderName + ":";

    /// <summary>Days until the second try of a payment whose first one was declined.</summary>
    public const int DaysUntilSecondTry = 1;

    private const int MostDays = 365;

    /// <summary>The first try is declined; the sandbox tries again by itself.</summary>
    public bool DeclinesFirstTry { get; private init; }

    /// <summary>Whoever sends it gets no answer, though the work is done.</summary>
    public bool IsSilent { get; private init; }

    /// <summary>The first request gets lost on its way: nothing is done, and nothing is answered.</summary>
    public bool LosesFirstRequest { get; private init; }

    /// <summary>Reads a method strictly: no other case, no spaces, no leading zeros. Null when it is not one of ours.</summary>
    public static SandboxMethod? Parse(string text) => !text.StartsWith(Prefix, StringComparison.Ordinal) ? null : text[Prefix.Length..] switch
    {
        "ok" => new(100),
        "decline" => new(0),
        "decline-once" => new(100) { DeclinesFirstTry = true },
        "silent" => new(100) { IsSilent = true },
        "lost" => new(100) { LosesFirstRequest = true },
        var s when Number(s, "delay-", "d", MostDays) is { } days => new(100, days),
        var s when Number(s, "decline-", "d", MostDays) is { } days => new(0, days),
        var s when Number(s, "partial-", "", 99) is { } percent => new(percent),
        _ => null,
    };

    /// <summary>What moves of a sum, rounded as all money is: of a very small one that may be nothing, or all.</summary>
    public Money PartOf(Money amount) => amount.Times(Percent * (Money.WholePpm / 100));

    private static int? Number(string text, string before, string after, int most)
    {
        if (text.Length <= before.Length + after.Length
            || !text.StartsWith(before, StringComparison.Ordinal) || !text.EndsWith(after, StringComparison.Ordinal))
        {
            return null;
        }

        var digits = text.AsSpan(before.Length..^after.Length);
        if (digits.Length > 3 || digits[0] == '0' || digits.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return null;
        }

        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return number <= most ? number : null;
    }
}
