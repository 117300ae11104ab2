using System.Text.Json.Nodes;

namespace Marketplace.StripeSimulation.Wire;

/// <summary>One request that reached the simulator, checked by the contract.</summary>
/// <param name="Ids">Of the path, in its order.</param>
/// <param name="Account">Of the header Stripe-Account: whose books are read.</param>
/// <param name="Fault">What a test, or chance, does to it.</param>
internal sealed record Call(
    Endpoint Endpoint, string Path, IReadOnlyList<string> Ids, Parameters Parameters, string RequestId, string? IdempotencyKey, string? Account, Fault? Fault)
{
    public string Id => Ids[0];
}

/// <param name="Replayed">Answered before, under the same idempotency key.</param>
/// <param name="ShouldRetry">Header Stripe-Should-Retry, where it is said.</param>
internal sealed record Answer(int Status, JsonNode Body, bool Replayed = false, bool? ShouldRetry = null)
{
    public static Answer Of(StripeError error) => new(error.Status, error.ToJson());
}
