using System.Security.Cryptography;
using Npgsql;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>
/// The file of an export as it is written: in pieces, each a row, since the database is the one place that all portals share. It is
/// hashed on the way.
/// </summary>
internal sealed class ExportFile(NpgsqlDataSource dataSource, Guid exportId) : Stream
{
    private const int PieceSize = 1024 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] piece = new byte[PieceSize];
    private int filled;
    private int number;

    /// <summary>Bytes written so far.</summary>
    public long Size { get; private set; }

    /// <summary>Removes what an earlier try left.</summary>
    public static async Task ClearAsync(NpgsqlDataSource dataSource, Guid exportId, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand("DELETE FROM archive_export_parts WHERE export_id = $1");
        command.Parameters.AddWithValue(exportId);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Stores the last piece.</summary>
    /// <returns>SHA-256 of the whole file.</returns>
    public async Task<byte[]> CompleteAsync(CancellationToken ct)
    {
        await StoreAsync(ct);
        return hash.GetHashAndReset();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        hash.AppendData(buffer.Span);
        Size += buffer.Length;
        while (buffer.Length > 0)
        {
            var count = Math.Min(buffer.Length, PieceSize - filled);
            buffer[..count].CopyTo(piece.AsMemory(filled));
            filled += count;
            buffer = buffer[count..];
            if (filled == PieceSize)
                await StoreAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>The zip writer closes some of its own structures without awaiting.</summary>
    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    private async Task StoreAsync(CancellationToken ct)
    {
        if (filled == 0)
            return;
        await using var command = dataSource.CreateCommand("INSERT INTO archive_export_parts (export_id, number, content) VALUES ($1, $2, $3)");
        command.Parameters.AddWithValue(exportId);
        command.Parameters.AddWithValue(++number);
        command.Parameters.AddWithValue(piece[..filled]);
        await command.ExecuteNonQueryAsync(ct);
        filled = 0;
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }
}
