using Marketplace.Host.Seeds;
using Xunit;

namespace Marketplace.Host.Tests.Seeds;

/// <summary>The demo data, played once into an SQLite database in memory.</summary>
public sealed class PlayedSeeds : IAsyncLifetime
{
    internal SeedEngine Engine { get; private set; } = null!;

    internal IReadOnlyList<string> Heads { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Engine = await SeedEngine.Start();
        await Engine.Replay.Play(SeedPlan.Steps());
        Heads = await Engine.Heads();
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
