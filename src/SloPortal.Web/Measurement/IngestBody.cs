using System.Buffers;
using System.IO.Pipelines;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement;

/// <summary>The body of a request in an array borrowed from a pool, which keeps as many as were in use at once.</summary>
internal sealed class IngestBody(byte[] buffer, int length) : IDisposable
{
    private const int FirstGuess = 64 * 1024;
    private const int MostKept = 64;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(1 << 20, MostKept);

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    public void Dispose() => Pool.Return(buffer);

    /// <summary>Reads to the end. Null when it is longer than <see cref="RequestLimits.Ingest"/>, which is noticed as early as possible.</summary>
    public static async ValueTask<IngestBody?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > RequestLimits.Ingest)
            return null;
        var buffer = Pool.Rent((int)Math.Max(1, request.ContentLength ?? FirstGuess));
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(ct);
                var arrived = read.Buffer;
                if (length + arrived.Length > RequestLimits.Ingest)
                {
                    request.BodyReader.AdvanceTo(arrived.End);
                    Pool.Return(buffer);
                    return null;
                }
                if (length + arrived.Length > buffer.Length)
                    buffer = Grow(buffer, length, (int)(length + arrived.Length));
                arrived.CopyTo(buffer.AsSpan(length));
                length += (int)arrived.Length;
                request.BodyReader.AdvanceTo(arrived.End);
                if (read.IsCompleted)
                    return new IngestBody(buffer, length);
            }
        }
        catch
        {
            Pool.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer, int length, int needed)
    {
        var larger = Pool.Rent(Math.Max(needed, buffer.Length * 2));
        buffer.AsSpan(0, length).CopyTo(larger);
        Pool.Return(buffer);
        return larger;
    }
}
