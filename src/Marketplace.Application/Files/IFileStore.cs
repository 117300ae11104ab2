using Marketplace.Domain;

namespace Marketplace.Application.Files;

/// <summary>Files under their SHA-256: the same bytes are one file, none is ever changed, and what a record names stays.</summary>
public interface IFileStore
{
    /// <summary>
    /// Reads to the end and keeps it, durably when this returns: whoever names it afterwards names something that is there. What is too large is
    /// not read on, and what a file is follows from its bytes.
    /// </summary>
    /// <returns>Refused with <c>file-missing</c>, <c>file-too-large</c> or <c>file-type</c>, field <c>file</c>; then nothing is kept.</returns>
    Task<Result<KeptFile>> Put(Stream content, FileLimits limits, CancellationToken cancel = default);

    /// <summary>The file from its first byte, looked at before; null unless it is <see cref="FileCondition.Sound"/>.</summary>
    /// <param name="sha256">64 lower-case hexadecimal digits.</param>
    Task<Stream?> Open(string sha256, CancellationToken cancel = default);

    /// <summary>Takes a file away that can be made again and that nobody names any more: never one that a record names. What is not there is left so.</summary>
    /// <param name="sha256">Of content that nothing else can have, since it says what it is.</param>
    Task Remove(string sha256, CancellationToken cancel = default);

    /// <summary>Whether it is there, and is what its hash says.</summary>
    Task<FileCondition> Look(string sha256, CancellationToken cancel = default);
}

/// <param name="MediaTypes">Of <see cref="Domain.Files.FileTypes"/>.</param>
public sealed record FileLimits(long MaxBytes, IReadOnlyList<string> MediaTypes);

public sealed record KeptFile(string Sha256, string MediaType, long Bytes);

public enum FileCondition
{
    Sound,
    Missing,

    /// <summary>Its bytes have another hash than its name.</summary>
    Altered,
}
