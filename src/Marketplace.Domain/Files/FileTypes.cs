namespace Marketplace.Domain.Files;

/// <summary>What a kept file may be, by its bytes.</summary>
public static class FileTypes
{
    public const string Pdf = "application/pdf";

    /// <summary>GB/T 33190, the fixed layout that Chinese authorities issue documents in: a ZIP with OFD.xml in it.</summary>
    public const string Ofd = "application/ofd";

    /// <summary>Of ours only: what somebody sends is never taken as just a ZIP.</summary>
    public const string Zip = "application/zip";

    public const string Xml = "application/xml";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";

    /// <summary>How files of this type are called, without the dot.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of them.</exception>
    public static string ExtensionOf(string mediaType) => mediaType switch
    {
        Pdf => "pdf",
        Ofd => "ofd",
        Zip => "zip",
        Xml => "xml",
        Xlsx => "xlsx",
        Docx => "docx",
        Png => "png",
        Jpeg => "jpg",
        _ => throw new ArgumentOutOfRangeException(nameof(mediaType), mediaType, "No kept file is of this type"),
    };
}
