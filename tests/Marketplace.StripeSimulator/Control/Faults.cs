using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation;

/// <summary>A request as a script sees it.</summary>
/// <param name="Endpoint"><c>POST /v1/payment_intents/{}/confirm</c></param>
/// <param name="Parameters">Form values are strings.</param>
public sealed record FaultyRequest(string Endpoint, string Path, JsonObject Parameters, string? IdempotencyKey);

/// <summary>How often something goes wrong by chance, each from 0 to 1; together at most 1.</summary>
public sealed record FaultRates
{
    public double DropBeforeWork { get; init; }

    public double DropAfterWork { get; init; }

    public double RateLimited { get; init; }

    public double LockTimeout { get; init; }

    public double Conflict { get; init; }

    public double ErrorBeforeWork { get; init; }

    public double ErrorAfterWork { get; init; }

    /// <summary>Of requests that pay or store a method.</summary>
    public double Declines { get; init; }

    /// <summary>Of requests that pay.</summary>
    public double StaysProcessing { get; init; }

    internal IEnumerable<(double Rate, Fault Fault)> All =>
    [
        (DropBeforeWork, new Fault.DropBeforeWork()), (DropAfterWork, new Fault.DropAfterWork()), (RateLimited, new Fault.RateLimited()),
        (LockTimeout, new Fault.LockTimeout()), (Conflict, new Fault.Conflict()), (ErrorBeforeWork, new Fault.ErrorBeforeWork()),
        (ErrorAfterWork, new Fault.ErrorAfterWork()), (Declines, new Fault.Declines()), (StaysProcessing, new Fault.StaysProcessing()),
    ];
}

/// <summary>What goes wrong: as a test scripts it, else by chance.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Script> scripts = [];
    private readonly Dictionary<string, int> seen = [];
    private FaultRates rates = new();
    private int seed;

    /// <summary>The next requests to an endpoint meet these, one each, in this order; null is a request that goes well.</summary>
    /// <param name="endpoint"><c>POST /v1/payment_intents</c>, with <c>{}</c> for ids.</param>
    /// <exception cref="ArgumentException">No such endpoint is played here.</exception>
    public void Next(string endpoint, params Fault?[] faults)
    {
        if (Contract.Stripe.Endpoints.All(e => e.ToString() != endpoint))
        {
            throw new ArgumentException($"{endpoint} is not played here.", nameof(endpoint));
        }

        lock (gate)
        {
            scripts.AddRange(faults.Select(f => new Script(r => r.Endpoint == endpoint, f)));
        }
    }

    /// <summary>Every request that fits meets it, until <see cref="Clear"/>.</summary>
    public void Always(Func<FaultyRequest, bool> fits, Fault fault)
    {
        lock (gate)
        {
            scripts.Add(new Script(fits, fault, Forever: true));
        }
    }

    /// <summary>
    /// Everything that no script speaks of meets chance, drawn from the seed and from what is asked (endpoint, idempotency key or parameters,
    /// how many times before), not from the order of requests: the same run meets the same faults, however its threads interleave.
    /// </summary>
    public void AtRandom(int seed, FaultRates rates)
    {
        lock (gate)
        {
            (this.seed, this.rates) = (seed, rates);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            scripts.Clear();
            rates = new();
        }
    }

    internal Fault? Draw(FaultyRequest request)
    {
        lock (gate)
        {
            if (scripts.FirstOrDefault(s => s.Fits(request)) is { } script)
            {
                if (!script.Forever)
                {
                    scripts.Remove(script);
                }

                return script.Fault;
            }

            return ByChance(request);
        }
    }

    private Fault? ByChance(FaultyRequest request)
    {
        if (rates.All.All(r => r.Rate == 0))
        {
            return null;
        }

        var asked = $"{request.Endpoint}|{request.Path}|{request.IdempotencyKey ?? request.Parameters.ToJsonString()}";
        var times = seen[asked] = seen.GetValueOrDefault(asked) + 1;
        var drawn = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}|{asked}|{times}")));
        var chance = BitConverter.ToUInt32(drawn) / (uint.MaxValue + 1d);
        foreach (var (rate, fault) in rates.All)
        {
            chance -= rate;
            if (chance < 0)
            {
                return fault;
            }
        }

        return null;
    }

    private sealed record Script(Func<FaultyRequest, bool> Fits, Fault? Fault, bool Forever = false);
}
