using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

/// <summary>The endpoints of one family of resources.</summary>
internal interface IEndpoints
{
    IEnumerable<Route> Routes { get; }
}

/// <param name="Endpoint"><c>POST /v1/refunds</c>, as the contract spells it.</param>
/// <param name="Handle">Answers with a resource or with JSON; runs under the world's lock.</param>
internal sealed record Route(string Endpoint, Func<Call, object> Handle);
