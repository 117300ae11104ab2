using Marketplace.Domain;
using Marketplace.Domain.Files;

namespace Marketplace.Application.Files;

/// <summary>A kept file on its way out: to be saved, never to be shown in place. Whoever takes it disposes of its content.</summary>
/// <param name="Name">ASCII letters, digits, dots and hyphens only: made by us, never typed by anybody.</param>
public sealed record OpenedFile(string Name, string MediaType, Stream Content)
{
    private static readonly Refusal Damaged = Refusal.State(
        "file-damaged", "文件缺失或已被改动，请联系管理员。", "The file is missing or has been altered: tell an administrator.");

    /// <summary>A file that a record names. Refuses with <c>file-damaged</c> what is not there any more as it was.</summary>
    /// <param name="name">Without what its type adds.</param>
    public static async Task<Result<OpenedFile>> Of(IFileStore store, StoredFile file, string name, CancellationToken cancel) =>
        await store.Open(file.Sha256, cancel) is { } content
            ? new OpenedFile($"{name}.{FileTypes.ExtensionOf(file.MediaType)}", file.MediaType, content)
            : Damaged;
}
