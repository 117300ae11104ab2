using System.Text;
using System.Xml;
using Marketplace.Application.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>Goes through a camt.053 once, from field to field, and holds no more than one of them.</summary>
internal sealed class CamtCursor : IDisposable
{
    /// <summary>Longest text of a field; the standard knows none above 500.</summary>
    public const int MostCharacters = 2_000;

    /// <summary>Deepest element; the standard goes to 15, and what a bank adds of its own a little further.</summary>
    public const int MostDepth = 40;

    private const string Family = "urn:iso:std:iso:20022:tech:xsd:";

    private static readonly string[] Versions = ["02", "04", "06", "08", "10", "12", "13"];

    private static readonly XmlReaderSettings Careful = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = false,
    };

    private readonly StatementStream file;
    private readonly CancellationToken cancel;
    private readonly Stack<CamtNode> path = [];
    private readonly StringBuilder text = new();
    private readonly char[] chunk = new char[512];
    private XmlReader? xml; // made when it is first asked, since making it reads already
    private string ns = "";
    private int passedOver;
    private bool isClosing;

    public CamtCursor(Stream file, CancellationToken cancel)
    {
        this.cancel = cancel;
        this.file = new StatementStream(file, (byte)'<', () => Line);
    }

    /// <summary><c>camt.053.001.08</c>, once the first field was found.</summary>
    public string Format => ns.Length > 0 ? ns[Family.Length..] : "";

    public CamtField Field { get; private set; }

    /// <summary>A group of fields begins; else a field or group ends.</summary>
    public bool IsOpening { get; private set; }

    /// <summary>Of the field that ends.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Attribute <c>Ccy</c> of the field that ends, or null.</summary>
    public string? Currency { get; private set; }

    /// <summary>Where the cursor is, from 1.</summary>
    public int Line => xml is IXmlLineInfo at ? Math.Max(1, at.LineNumber) : 1;

    /// <remarks>Without waiting: a statement has millions of nodes, each of which would have to be awaited, and the file is on a disk of ours.</remarks>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="StatementRefusedException">This is no file to go through.</exception>
    public bool Next()
    {
        try
        {
            xml ??= XmlReader.Create(file, Careful);
            while (isClosing || xml.Read())
            {
                cancel.ThrowIfCancellationRequested();
                if (isClosing || xml.NodeType == XmlNodeType.EndElement ? Close() : xml.NodeType == XmlNodeType.Element ? Open(xml) : KeepText(xml))
                {
                    return true;
                }
            }

            return false;
        }
        catch (XmlException broken)
        {
            throw StatementRefusedException.At(
                broken.LineNumber > 0 ? broken.LineNumber : Line, "statement-not-readable", $"文件不是可读取的 XML：{broken.Message}", $"The file is no XML that can be read: {broken.Message}");
        }
        catch (Exception unknown) when (unknown is NotSupportedException or ArgumentException or DecoderFallbackException)
        {
            throw StatementRefusedException.Encoding(Line);
        }
    }

    public void Dispose() => xml?.Dispose();

    private bool Open(XmlReader xml)
    {
        if (xml.Depth >= MostDepth)
        {
            throw StatementRefusedException.At(Line, "statement-too-deep", $"元素嵌套超过 {MostDepth} 层。", $"Elements are nested deeper than {MostDepth}.");
        }

        if (xml.Depth == 0)
        {
            Begin(xml);
            return false;
        }

        if (passedOver > 0 || xml.NamespaceURI != ns || path.Peek().Child(xml.LocalName) is not { } node)
        {
            passedOver += xml.IsEmptyElement ? 0 : 1;
            return false;
        }

        path.Push(node);
        text.Clear();
        Currency = xml.GetAttribute("Ccy");
        isClosing = xml.IsEmptyElement;
        (Field, IsOpening) = (node.Field, true);
        return node.IsGroup;
    }

    private void Begin(XmlReader xml)
    {
        var (name, space) = (xml.LocalName, xml.NamespaceURI);
        if (name != "Document" || !space.StartsWith(Family, StringComparison.Ordinal))
        {
            throw StatementRefusedException.At(
                Line, "statement-not-camt", "文件不是 ISO 20022 的 camt.053 对账单。", "The file is no camt.053 statement of ISO 20022.", AmountText.Begin(name), AmountText.Begin(space));
        }

        if (!Versions.Any(v => space == $"{Family}camt.053.001.{v}"))
        {
            var other = AmountText.Begin(space[Family.Length..]);
            throw StatementRefusedException.At(
                Line, "statement-version-unknown", $"不支持 {other}；支持 camt.053.001 的版本 {string.Join("、", Versions)}。",
                $"{other} is not supported; versions {string.Join(", ", Versions)} of camt.053.001 are.", "Document", other);
        }

        ns = space;
        path.Push(CamtNode.Document);
        isClosing = xml.IsEmptyElement;
    }

    private bool Close()
    {
        isClosing = false;
        if (passedOver > 0)
        {
            passedOver--;
            return false;
        }

        (Field, IsOpening, Text) = (path.Pop().Field, false, text.ToString().Trim());
        text.Clear();
        return Field != CamtField.None;
    }

    private bool KeepText(XmlReader xml)
    {
        if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA) || passedOver > 0 || path.Peek().Field == CamtField.None)
        {
            return false;
        }

        for (var read = xml.ReadValueChunk(chunk, 0, chunk.Length); read > 0; read = xml.ReadValueChunk(chunk, 0, chunk.Length))
        {
            text.Append(chunk, 0, read);
            if (text.Length > MostCharacters)
            {
                throw StatementRefusedException.At(
                    Line, "statement-text-too-long", $"文字超过 {MostCharacters} 个字符。", $"A text has more than {MostCharacters} characters.", path.Peek().Field.ToString());
            }
        }

        return false;
    }
}
