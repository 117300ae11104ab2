namespace Marketplace.Application;

/// <summary>
/// A stream that goes from its beginning to its end. It has no length and no place to go back to: <see cref="Stream.CanSeek"/> says so, and as the contract of
/// <see cref="Stream"/> wants it for such streams, whoever asks all the same is told <see cref="NotSupportedException"/>.
/// </summary>
public abstract class OneWayStream : Stream
{
    private protected OneWayStream()
    {
    }

    public sealed override bool CanSeek => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();
}
