using System.IO.Compression;

namespace Marketplace.Application.Policy;

internal sealed record PackedFile(string Name, byte[] Content);

internal static class Zip
{
    /// <summary>The first date that the format knows: an archive of the same files is the same, whenever it is made.</summary>
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>In the given order, stored and not compressed: another version of the compressor would give other bytes.</summary>
    public static byte[] Of(IEnumerable<PackedFile> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var entry = archive.CreateEntry(file.Name, CompressionLevel.NoCompression);
                entry.LastWriteTime = Timeless;
                using var content = entry.Open();
                content.Write(file.Content);
            }
        }

        return bytes.ToArray();
    }
}
