using System.Security.Cryptography;
using Marketplace.Application.Files;
using Marketplace.Domain;

namespace Marketplace.Documents.Files;

/// <summary>Takes what somebody sends, as far as it is to be taken: type from its bytes, size while it streams, hash as it is written.</summary>
internal static class ReceivedFile
{
    private const int BufferBytes = 64 * 1024;

    /// <param name="file">Empty; holds the whole of it when it is taken, and anything when it is refused.</param>
    /// <returns>Refused as <see cref="IFileStore.Put"/> says.</returns>
    public static async Task<Result<KeptFile>> Write(Stream content, FileStream file, FileLimits limits, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long bytes = 0;
        string? type = null;

        // The first piece is filled as far as it goes: however few bytes come at a time, its beginning is whole.
        for (var read = await content.ReadAtLeastAsync(buffer, SniffedType.BeginningBytes, throwOnEndOfStream: false, cancel); read > 0; read = await content.ReadAsync(buffer, cancel))
        {
            type ??= SniffedType.Of(buffer.AsSpan(0, Math.Min(read, SniffedType.BeginningBytes)), limits.MediaTypes);
            if (type is null)
            {
                return WrongType(limits);
            }

            if ((bytes += read) > limits.MaxBytes)
            {
                return TooLarge(limits);
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        if (type is null)
        {
            return Refusal.Invalid("file-missing", "请选择文件。", "Choose a file.", "file");
        }

        await file.FlushAsync(cancel);
        file.Position = 0;
        return SniffedType.Settle(type, file, limits.MediaTypes) is { } settled ? new KeptFile(Convert.ToHexStringLower(hash.GetHashAndReset()), settled, bytes) : WrongType(limits);
    }

    private static Refusal TooLarge(FileLimits limits) => Refusal.Invalid(
        "file-too-large", $"文件超过 {limits.MaxBytes / 1024 / 1024} MB。", $"The file has more than {limits.MaxBytes / 1024 / 1024} MB.", "file");

    private static Refusal WrongType(FileLimits limits)
    {
        var types = limits.MediaTypes.Select(t => Domain.Files.FileTypes.ExtensionOf(t).ToUpperInvariant()).ToArray();
        return Refusal.Invalid("file-type", $"文件内容须为 {string.Join("、", types)}。", $"By its content the file must be one of {string.Join(", ", types)}.", "file");
    }
}
