using SloPortal.Application.Measurement.Files.Reading;

namespace SloPortal.Application.Measurement.Files.Watching;

/// <summary>The first bytes of a stream.</summary>
internal sealed class HeadStream(Stream inner, long length) : ForwardStream
{
    private long left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = left == 0 ? 0 : await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        left -= count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
