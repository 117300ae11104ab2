using Marketplace.Application.Json;

namespace Marketplace.Application.Grains;

/// <summary>What a snapshot keeps of a stream, so that loading need not begin at its first event.</summary>
public sealed record KeptState<TState>(TState State, StreamLedger Ledger)
{
    /// <summary>A snapshot of another shape is ignored, never migrated.</summary>
    public static readonly string Shape = ShapeFingerprint.Of<KeptState<TState>>();
}
