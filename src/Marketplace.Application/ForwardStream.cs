namespace Marketplace.Application;

/// <summary>A stream that is read once from its beginning to its end, and does something to what it reads.</summary>
public abstract class ForwardStream : OneWayStream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanWrite => false;

    public sealed override void Flush()
    {
    }

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
