using Marketplace.Application;
using Marketplace.Application.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>
/// A file that nobody has looked at yet: so many bytes and no more, no NUL, and never much between two marks. A parser holds what stands between two
/// marks in memory, whatever limits it is given, so that is bounded here: by <c>&lt;</c> in XML (tags, attributes and texts have none inside) and by
/// the end of a line in CSV.
/// </summary>
/// <param name="line">Where the parser is, for the refusal.</param>
internal sealed class StatementStream(Stream inner, byte mark, Func<int> line) : ForwardStream
{
    public const int MostBytesBetweenMarks = 64 * 1024;

    private long total;
    private int sinceMark;

    public override int Read(byte[] buffer, int offset, int count) => Looked(buffer.AsSpan(offset, inner.Read(buffer, offset, count)));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Looked(buffer.Span[..read]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Looked(ReadOnlySpan<byte> bytes)
    {
        total += bytes.Length;
        if (total > IStatementReader.MaxBytes)
        {
            throw StatementRefusedException.TooLarge(line());
        }

        if (bytes.Contains((byte)0))
        {
            throw StatementRefusedException.Encoding(line()); // UTF-16 or no text at all
        }

        var rest = bytes;
        for (var next = rest.IndexOf(mark); next >= 0; next = rest.IndexOf(mark))
        {
            Allow(sinceMark + next);
            sinceMark = 0;
            rest = rest[(next + 1)..];
        }

        sinceMark += rest.Length;
        Allow(sinceMark);
        return bytes.Length;
    }

    private void Allow(int bytes)
    {
        if (bytes > MostBytesBetweenMarks)
        {
            throw StatementRefusedException.At(line(), "statement-text-too-long", "文件中有过长的内容。", "The file holds a text that is too long.");
        }
    }
}
