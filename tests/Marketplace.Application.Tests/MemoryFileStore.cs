using System.Collections.Concurrent;
using System.Security.Cryptography;
using Marketplace.Application.Files;
using Marketplace.Domain;

namespace Marketplace.Application.Tests;

/// <summary>Files in memory, whatever they are; tests take them away and damage them.</summary>
internal sealed class MemoryFileStore : IFileStore
{
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public async Task<Result<KeptFile>> Put(Stream content, FileLimits limits, CancellationToken cancel = default)
    {
        using var all = new MemoryStream();
        await content.CopyToAsync(all, cancel);
        var bytes = all.ToArray();
        Files[HashOf(bytes)] = bytes;
        return new KeptFile(HashOf(bytes), limits.MediaTypes[0], bytes.Length);
    }

    public async Task<Stream?> Open(string sha256, CancellationToken cancel = default) =>
        await Look(sha256, cancel) == FileCondition.Sound ? new MemoryStream(Files[sha256]) : null;

    public Task Remove(string sha256, CancellationToken cancel = default)
    {
        Files.TryRemove(sha256, out _);
        return Task.CompletedTask;
    }

    public Task<FileCondition> Look(string sha256, CancellationToken cancel = default) => Task.FromResult(
        !Files.TryGetValue(sha256, out var bytes) ? FileCondition.Missing : HashOf(bytes) == sha256 ? FileCondition.Sound : FileCondition.Altered);

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
