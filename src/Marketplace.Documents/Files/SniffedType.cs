using System.IO.Compression;
using System.Text;
using System.Xml;
using Marketplace.Domain.Files;

namespace Marketplace.Documents.Files;

/// <summary>What a file is, told from its bytes alone: what its sender calls it is not asked.</summary>
internal static class SniffedType
{
    /// <summary>How many bytes of the beginning <see cref="Of"/> wants to see.</summary>
    public const int BeginningBytes = 64;

    private const string OfdRoot = "OFD.xml";

    /// <summary>What the beginning looks like, if that is one of those allowed; else null.</summary>
    public static string? Of(ReadOnlySpan<byte> beginning, IReadOnlyList<string> allowed) =>
        Of(beginning) is { } type && allowed.Contains(type) ? type
        : beginning.StartsWith("PK\u0003\u0004"u8) && allowed.Contains(FileTypes.Zip) ? FileTypes.Zip
        : null;

    private static string? Of(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith("%PDF-"u8) ? FileTypes.Pdf
        : beginning.StartsWith("PK\u0003\u0004"u8) ? FileTypes.Ofd
        : beginning.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? FileTypes.Png
        : beginning.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? FileTypes.Jpeg
        : WithoutMark(beginning).TrimStart(" \t\r\n"u8).StartsWith("<"u8) ? FileTypes.Xml
        : null;

    /// <summary>Whether the whole file is what its beginning looks like, where that takes more than the beginning.</summary>
    /// <param name="file">Stands at its first byte; left open, somewhere.</param>
    public static bool Holds(string mediaType, Stream file) => mediaType switch
    {
        FileTypes.Ofd => HasEntry(file, OfdRoot),
        FileTypes.Zip => HasEntry(file, name: null),
        FileTypes.Xml => IsXml(file),
        _ => true,
    };

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;

    /// <summary>Looks at the directory of the ZIP only: nothing is expanded.</summary>
    /// <param name="name">Null: any.</param>
    private static bool HasEntry(Stream file, string? name)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            return zip.Entries.Any(e => name is null || e.FullName == name);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Well-formed, without a DTD: no entity is resolved, nothing is fetched.</summary>
    private static bool IsXml(Stream file)
    {
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                // Only whether it can be read to its end is asked.
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
