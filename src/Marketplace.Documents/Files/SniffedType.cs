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

    private static readonly string[] Zips = [FileTypes.Ofd, FileTypes.Xlsx, FileTypes.Docx, FileTypes.Zip];

    /// <summary>What the beginning looks like, if that may become one of those allowed; else null. Which kind of ZIP it is, <see cref="Settle"/> says.</summary>
    public static string? Of(ReadOnlySpan<byte> beginning, IReadOnlyList<string> allowed) =>
        beginning.StartsWith("PK\u0003\u0004"u8) ? Zips.FirstOrDefault(allowed.Contains)
        : Of(beginning) is { } type && allowed.Contains(type) ? type
        : null;

    private static string? Of(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith("%PDF-"u8) ? FileTypes.Pdf
        : beginning.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? FileTypes.Png
        : beginning.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? FileTypes.Jpeg
        : WithoutMark(beginning).TrimStart(" \t\r\n"u8).StartsWith("<"u8) ? FileTypes.Xml
        : null;

    /// <summary>What the whole file is, where that takes more than the beginning; null: none of those allowed.</summary>
    /// <param name="look">What its beginning looks like.</param>
    /// <param name="file">Stands at its first byte; left open, somewhere.</param>
    public static string? Settle(string look, Stream file, IReadOnlyList<string> allowed) =>
        Zips.Contains(look) ? OfZip(file, allowed)
        : look == FileTypes.Xml && !IsXml(file) ? null
        : look;

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;

    /// <summary>Looks at the directory of the ZIP only: nothing is expanded. A document that brings a program along is none of ours.</summary>
    private static string? OfZip(Stream file, IReadOnlyList<string> allowed)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var names = zip.Entries.Select(e => e.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var hasProgram = names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));
            return Zips.Where(allowed.Contains).FirstOrDefault(type => type switch
            {
                FileTypes.Ofd => names.Contains("OFD.xml"),
                FileTypes.Xlsx => IsOffice("xl/workbook.xml"),
                FileTypes.Docx => IsOffice("word/document.xml"),
                _ => names.Count > 0,
            });

            bool IsOffice(string part) => names.Contains("[Content_Types].xml") && names.Contains(part) && !hasProgram;
        }
        catch (InvalidDataException)
        {
            return null;
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
