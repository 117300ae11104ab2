namespace Marketplace.Host.Components.Development;

/// <param name="IsEmbedded">One process on an SQLite file, for one machine: only there is anybody believed without a proof.</param>
public sealed record HostMode(bool IsEmbedded);
