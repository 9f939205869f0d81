using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Data;

namespace SloPortal.Application.Measurement.Files;

/// <summary>The bytes of an uploaded file, a part at a time.</summary>
internal sealed class PartsStream(IDbContextFactory<PortalDbContext> contexts, Guid run) : ForwardStream
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
}
