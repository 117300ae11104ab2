using System.Security.Cryptography;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Journal;

namespace Marketplace.Benchmarks.Loads;

/// <summary>The engine with rules as small as rules can be: callers → Orleans → grain → rules → journal.</summary>
internal sealed class ChargeLoad : ILoad
{
    private const int Accounts = 4096;
    private const int Callers = 1024;
    private const int AccountsPerCaller = Accounts / Callers;

    private readonly EngineHost engine;
    private readonly IChargedAccountGrain[] accounts;
    private long accepted;

    private ChargeLoad(EngineHost engine)
    {
        this.engine = engine;
        accounts = [.. Enumerable.Range(0, Accounts).Select(i => engine.Grains.GetGrain<IChargedAccountGrain>($"{i:d5}"))];
    }

    public string Name => $"this engine, {Callers} callers of {Accounts} grains";

    public static async Task<ChargeLoad> Start(string connectionString)
    {
        var load = new ChargeLoad(await EngineHost.Start(connectionString));
        await load.engine.Execute(ChargedAccountRow.Table);
        await Task.WhenAll(load.accounts.Select(a => a.State())); // activating is not what is measured here
        return load;
    }

    public Task<double> Run(TimeSpan duration) => ClosedLoop.Run(Callers, duration, async (caller, _) =>
    {
        var account = accounts[(Random.Shared.Next(AccountsPerCaller) * Callers) + caller];
        var id = Guid.NewGuid();
        var charge = new ChargeFee(new Money(12_345, Currency.Cny));
        var answer = await account.Execute(new CommandEnvelope(id, SHA256.HashData(id.ToByteArray()), Actor.System, charge));
        if (answer is not Accepted)
        {
            throw new InvalidOperationException($"A charge was not accepted: {answer}");
        }

        Interlocked.Increment(ref accepted);
        return 1;
    });

    /// <summary>What is in the journal is what was acknowledged, and it is whole.</summary>
    public async Task Verify()
    {
        var stored = await engine.Count("select count(*) from events where command_ordinal = 0");
        var findings = await JournalCheck.Run(engine.Storage.Audit).CountAsync();
        if (stored != accepted || findings > 0)
        {
            throw new InvalidOperationException($"{accepted} commands were acknowledged, {stored} are stored, the check has {findings} findings.");
        }
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
