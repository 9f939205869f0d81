using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace SloPortal.Application.Measurement.Ingest.Otlp;

/// <summary>How a body of OTLP is written.</summary>
public enum OtlpEncoding
{
    /// <summary>application/x-protobuf.</summary>
    Protobuf,

    /// <summary>application/json.</summary>
    Json,
}

/// <summary>Reads an OTLP body, an <c>ExportMetricsServiceRequest</c>: what remote write would have sent of the same metrics (decision 0022).</summary>
public static class OtlpDecoder
{
    /// <summary>Decodes a request, or says why not. Never throws for what the body holds. Single points that cannot be counted are refused in the result.</summary>
    public static bool TryDecode(
        ReadOnlyMemory<byte> body,
        OtlpEncoding encoding,
        bool gzip,
        int sourceId,
        WriteLimits limits,
        [NotNullWhen(true)] out DecodedWrite? write,
        [NotNullWhen(false)] out WriteProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(limits);
        write = null;
        using var unpacked = new PooledBytes(gzip ? 64 * 1024 : 0);
        using var translated = new PooledBytes(encoding == OtlpEncoding.Json ? 64 * 1024 : 0);
        problem = gzip ? Unpack(body, unpacked, limits) : body.Length > limits.MaxDecompressedBytes ? TooLong(limits) : null;
        if (problem is not null)
        {
            return false;
        }

        var message = gzip ? unpacked.Written : body.Span;
        if (encoding == OtlpEncoding.Json)
        {
            problem = OtlpJson.Translate(message, translated, limits);
            message = translated.Written;
        }

        if (problem is not null)
        {
            return false;
        }

        var decoded = new DecodedWrite(sourceId);
        problem = OtlpScanner.Scan(message, decoded, limits);
        if (problem is not null)
        {
            decoded.Dispose();
            return false;
        }

        write = decoded;
        return true;
    }

    /// <summary>Decompresses as far as the limit allows.</summary>
    private static WriteProblem? Unpack(ReadOnlyMemory<byte> body, PooledBytes to, WriteLimits limits)
    {
        try
        {
            var bytes = MemoryMarshal.TryGetArray(body, out var array) ? array : new ArraySegment<byte>(body.ToArray());
            using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            while (true)
            {
                var read = gzip.Read(to.Room(16 * 1024));
                if (read == 0)
                {
                    return body.Length == 0 ? new WriteProblem(WriteFault.Malformed, "The body is empty, which is no gzip.") : null;
                }

                to.Advance(read);
                if (to.Length > limits.MaxDecompressedBytes)
                {
                    return TooLong(limits);
                }
            }
        }
        catch (InvalidDataException)
        {
            return new WriteProblem(WriteFault.Malformed, "The body is not valid gzip, as its content encoding says.");
        }
    }

    private static WriteProblem TooLong(WriteLimits limits) => new(WriteFault.TooLarge,
        $"The body holds more than {limits.MaxDecompressedBytes} bytes; export fewer points at once (send_batch_max_size of the collector's batch processor).");
}
