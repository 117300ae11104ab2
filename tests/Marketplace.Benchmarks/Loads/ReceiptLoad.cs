using Marketplace.Application.Agreements;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Benchmarks.Loads;

/// <summary>
/// What a user's command costs: receipts of real agreements, each allocated to what is owed. Three events, a dozen postings and half a dozen rows
/// a command, so it is no match for the other loads.
/// </summary>
internal sealed class ReceiptLoad : ILoad
{
    private const int Agreements = 2048;
    private const int Callers = 512;

    private readonly EngineHost engine;
    private readonly IReadOnlyList<IAgreementGrain> agreements;
    private long receipts;

    private ReceiptLoad(EngineHost engine, IReadOnlyList<IAgreementGrain> agreements) => (this.engine, this.agreements) = (engine, agreements);

    public string Name => $"this engine, receipts of {Agreements} agreements";

    public static async Task<ReceiptLoad> Start(string connectionString)
    {
        var engine = await EngineHost.Start(connectionString);
        var agreements = await ConvertedAgreements.Make(engine, Agreements);
        engine.Time.StandAt(LocalTime.StartOf(ConvertedAgreements.DueOn) + TimeSpan.FromHours(10));
        await Parallel.ForEachAsync(agreements, async (a, _) => await a.Wake(DueWork.Obligations)); // invoiced
        return new ReceiptLoad(engine, agreements);
    }

    public Task<double> Run(TimeSpan duration) => ClosedLoop.Run(Callers, duration, async (caller, turn) =>
    {
        var agreement = agreements[(caller + (turn * Callers)) % Agreements];
        await agreement.Do(Actor.System, new Domain.Agreements.RecordReceipt(
            "bank", $"line {Interlocked.Increment(ref receipts)}", new Money(100_00, Currency.Cny), ConvertedAgreements.DueOn));
        return 1;
    });

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
