using Microsoft.EntityFrameworkCore;
using SloPortal.Data;

namespace SloPortal.Application.Measurement.Files;

/// <summary>The bytes of an uploaded file, a part at a time.</summary>
internal sealed class PartsStream(IDbContextFactory<PortalDbContext> contexts, Guid run) : Stream
{
    /// <summary>Bytes of a part.</summary>
    public const int PartLength = 1 << 20;

    private byte[] part = [];
    private int at;
    private int next;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (at == part.Length)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            part = await db.FileRunParts.AsNoTracking().Where(p => p.RunId == run && p.Number == next).Select(p => p.Content).SingleOrDefaultAsync(cancellationToken) ?? [];
            (at, next) = (0, next + 1);
        }
        var count = Math.Min(buffer.Length, part.Length - at);
        part.AsSpan(at, count).CopyTo(buffer.Span);
        at += count;
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
}
