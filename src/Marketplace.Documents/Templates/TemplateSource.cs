using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Documents.Templates;

/// <summary>The three files of one version of a template, as text with line feeds.</summary>
/// <param name="Folder">Below the root, e.g. <c>trial-then-lump-sum</c>, or <c>trial-then-lump-sum/v1</c> for an older version.</param>
public sealed record TemplateSource(string Folder, string Terms, string Zh, string En)
{
    public const string TermsFile = "terms.yaml";
    public const string ZhFile = "zh-CN.md";
    public const string EnFile = "en.md";

    private const string Resources = "templates/";
    private const int MaxFileCharacters = 200_000;

    /// <summary>SHA-256 over names and contents: 64 lower-case hexadecimal digits. Where the files lie does not count.</summary>
    public string Hash
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (name, text) in new[] { (TermsFile, Terms), (ZhFile, Zh), (EnFile, En) })
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}\n{bytes.Length}\n")));
                hash.AppendData(bytes);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>Those that travel with the program.</summary>
    public static IReadOnlyList<TemplateSource> Embedded() => [.. typeof(TemplateSource).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Resources, StringComparison.Ordinal) && n.EndsWith("/" + TermsFile, StringComparison.Ordinal))
        .Select(n => n[Resources.Length..^(TermsFile.Length + 1)])
        .Order(StringComparer.Ordinal)
        .Select(folder => new TemplateSource(folder, Resource($"{folder}/{TermsFile}"), Resource($"{folder}/{ZhFile}"), Resource($"{folder}/{EnFile}")))];

    /// <summary>The list of published versions that travels with the program; see <see cref="PublishedVersions"/>.</summary>
    public static string EmbeddedPublished() => Resource(PublishedVersions.FileName);

    /// <summary>Every template below a folder.</summary>
    /// <exception cref="IOException">A file is missing or too large to be a contract; the message names it.</exception>
    public static IReadOnlyList<TemplateSource> Below(string root) => [.. Directory.EnumerateFiles(root, TermsFile, SearchOption.AllDirectories)
        .Select(path => Path.GetDirectoryName(path)!)
        .Order(StringComparer.Ordinal)
        .Select(folder => new TemplateSource(
            Path.GetRelativePath(root, folder).Replace('\\', '/'),
            File(Path.Combine(folder, TermsFile)), File(Path.Combine(folder, ZhFile)), File(Path.Combine(folder, EnFile))))];

    internal static string File(string path)
    {
        if (new FileInfo(path).Length > 4 * MaxFileCharacters)
        {
            throw new IOException($"{path} is larger than a contract.");
        }

        return Normal(System.IO.File.ReadAllText(path));
    }

    private static string Resource(string name)
    {
        using var stream = typeof(TemplateSource).Assembly.GetManifestResourceStream(Resources + name)
            ?? throw new InvalidOperationException($"The program was built without {name}.");
        using var reader = new StreamReader(stream);
        return Normal(reader.ReadToEnd());
    }

    /// <summary>An editor or a checkout may have written other line ends: the same contract all the same.</summary>
    private static string Normal(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
