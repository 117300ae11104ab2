using System.Globalization;
using Marketplace.Application.Disclosures;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;

namespace Marketplace.Host.Components.Words;

/// <summary>Files of results, in words.</summary>
public static class DisclosureWords
{
    private const long Kilobyte = 1024;

    /// <summary>What it is, and how large: <c>PDF, 1.2 MB</c>.</summary>
    public static string Kind(Reader r, ResultFileView file) => Kind(r, file.MediaType, file.Bytes);

    public static string Kind(Reader r, StoredFile file) => Kind(r, file.MediaType, file.Bytes);

    private static string Kind(Reader r, string mediaType, long bytes) => $"{FileTypes.ExtensionOf(mediaType).ToUpperInvariant()}{r.T("，", ", ")}{Size(bytes)}";

    /// <summary>What a file proves something of: <c>Dispute 2</c>.</summary>
    public static string Subject(Reader r, EvidenceItem item) => $"{r.T(Names.Of(item.Subject))}{(item.Of is { } of ? $" {r.Count(of)}" : null)}";

    /// <summary>Rounded to what people compare: tenths of a megabyte, else whole kilobytes, upwards.</summary>
    public static string Size(long bytes) => bytes >= Kilobyte * Kilobyte
        ? string.Create(CultureInfo.InvariantCulture, $"{(decimal)bytes / (Kilobyte * Kilobyte):0.0} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{(bytes + Kilobyte - 1) / Kilobyte} KB");

    /// <summary>Whose person was given it.</summary>
    public static string WhoseOf(Reader r, FileAccessCard access) => access.OrganisationName is { } name ? r.T(name) : r.T("平台", "The marketplace");
}
