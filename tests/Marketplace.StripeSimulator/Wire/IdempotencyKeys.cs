using System.Text.Json.Nodes;

namespace Marketplace.StripeSimulation.Wire;

/// <summary>
/// Remembers the answer to each key: v1 for 24 hours and whatever it was, v2 for 30 days and only what succeeded (a failed one is tried again).
/// </summary>
internal sealed class IdempotencyKeys
{
    private const long V1Seconds = 24 * 60 * 60;
    private const long V2Seconds = 30 * V1Seconds;

    private readonly Dictionary<string, Entry> entries = [];

    /// <returns>The first answer, or null where the caller may go on and must <see cref="Keep"/> or <see cref="Forget"/> the key.</returns>
    /// <exception cref="StripeError">Other parameters (400), or still in use (409).</exception>
    public Answer? Claim(string key, string endpoint, JsonObject parameters, long now)
    {
        if (entries.TryGetValue(key, out var known) && known.ForgottenAt > now)
        {
            if (known.Endpoint != endpoint || !JsonNode.DeepEquals(known.Parameters, parameters))
            {
                throw new StripeError(400, "idempotency_error",
                    $"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request.")
                { BeforeWork = true };
            }

            return known.Answer is { } answer ? answer with { Replayed = true }
                : throw InUse(key);
        }

        entries[key] = new Entry(endpoint, parameters, now + (endpoint.Contains(" /v2/", StringComparison.Ordinal) ? V2Seconds : V1Seconds), null);
        return null;
    }

    public void Keep(string key, Answer answer) => entries[key] = entries[key] with { Answer = answer };

    public void Forget(string key) => entries.Remove(key);

    public static StripeError InUse(string key) => new(409, "idempotency_error",
        $"There is currently another in-progress request using this Idempotency Key (that probably means you submitted twice, and the other request is still going through): {key}.")
    { Code = "idempotency_key_in_use", BeforeWork = true };

    private sealed record Entry(string Endpoint, JsonObject Parameters, long ForgottenAt, Answer? Answer);
}
