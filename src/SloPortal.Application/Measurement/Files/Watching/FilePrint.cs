using System.Security.Cryptography;

namespace SloPortal.Application.Measurement.Files.Watching;

/// <summary>What a file holds up to a point, by its length and hash.</summary>
internal sealed record FilePrint(long Length, byte[] Hash)
{
    private const int Buffer = 1 << 20;

    /// <summary>Of the first bytes of a file.</summary>
    public static async Task<FilePrint> OfAsync(Stream file, long length, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Buffer];
        long read = 0;
        while (read < length && await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - read)), ct) is > 0 and var count)
        {
            hash.AppendData(buffer, 0, count);
            read += count;
        }
        return new FilePrint(read, hash.GetHashAndReset());
    }

    /// <summary>The length of the file up to the end of its last line; all of it when it is not being written any more.</summary>
    public static async Task<long> WholeLinesAsync(FileStream file, bool isQuiet, CancellationToken ct)
    {
        var length = file.Length;
        if (isQuiet)
            return length;
        var buffer = new byte[64 * 1024];
        var from = Math.Max(0, length - buffer.Length);
        file.Position = from;
        var read = await file.ReadAtLeastAsync(buffer, (int)(length - from), throwOnEndOfStream: false, ct);
        var end = buffer.AsSpan(0, read).LastIndexOf((byte)'\n');
        return end < 0 ? 0 : from + end + 1;
    }
}

/// <summary>The first bytes of a stream.</summary>
internal sealed class HeadStream(Stream inner, long length) : Stream
{
    private long left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = left == 0 ? 0 : await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        left -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
