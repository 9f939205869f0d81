namespace SloPortal.Application.Measurement.Files.Reading;

/// <summary>A stream whose beginning can be looked at before it is read, and that ends with an error beyond a limit.</summary>
internal sealed class BeginningStream(Stream inner, long most = long.MaxValue) : ForwardStream
{
    private byte[] beginning = [];
    private int at;
    private long read;

    public async Task<ReadOnlyMemory<byte>> PeekAsync(int length, CancellationToken ct)
    {
        var buffer = new byte[length];
        var got = await inner.ReadAtLeastAsync(buffer, length, throwOnEndOfStream: false, ct);
        beginning = [.. beginning[at..], .. buffer[..got]];
        at = 0;
        return beginning;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (at < beginning.Length)
        {
            var piece = Math.Min(buffer.Length, beginning.Length - at);
            beginning.AsSpan(at, piece).CopyTo(buffer.Span);
            at += piece;
            return piece;
        }
        var count = await inner.ReadAsync(buffer, cancellationToken);
        read += count;
        return read <= most ? count : throw new InvalidDataException($"The file unpacks to more than {most >> 20} MB; bring it in several parts.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
