namespace Marketplace.Application;

/// <summary>A stream that is written once from its beginning to its end.</summary>
public abstract class OutwardStream : OneWayStream
{
    public sealed override bool CanRead => false;

    public sealed override bool CanWrite => true;

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public sealed override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}

/// <summary>
/// Never writes synchronously, for those who must not be blocked: what is written so waits for the next asynchronous write or flush. The end of a file
/// in a ZIP is written so, however it is closed.
/// </summary>
/// <param name="to">Left open.</param>
public sealed class UnblockingStream(Stream to) : OutwardStream
{
    private readonly MemoryStream waiting = new();

    public override void Write(byte[] buffer, int offset, int count) => waiting.Write(buffer, offset, count);

    public override void Flush()
    {
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Pass(cancellationToken);
        await to.WriteAsync(buffer, cancellationToken);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Pass(cancellationToken);
        await to.FlushAsync(cancellationToken);
    }

    private async Task Pass(CancellationToken cancel)
    {
        await to.WriteAsync(waiting.GetBuffer().AsMemory(0, (int)waiting.Length), cancel);
        waiting.SetLength(0);
    }
}
