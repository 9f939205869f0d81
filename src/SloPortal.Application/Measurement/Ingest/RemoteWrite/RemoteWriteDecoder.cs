using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Snappier;

namespace SloPortal.Application.Measurement.Ingest.RemoteWrite;

/// <summary>Which message a body of remote write is.</summary>
public enum RemoteWriteVersion
{
    /// <summary><c>prometheus.WriteRequest</c>.</summary>
    One,

    /// <summary><c>io.prometheus.write.v2.Request</c>.</summary>
    Two,
}

/// <summary>
/// Reads a remote-write body: a snappy block around a Protocol Buffers <c>WriteRequest</c> (1.0, prometheus/prompb/remote.proto) or
/// <c>Request</c> (2.0). Labels are only hashed here; who knows the series need not read them.
/// </summary>
public static class RemoteWriteDecoder
{
    // The densest snappy element is a copy of 64 bytes in 3. A body that declares more than that was made to waste memory.
    private const int MaxExpansion = 22;

    // Bytes of 32 bits, seven in each; the library throws for a length that is padded to more.
    private const int LongestLength = 5;

    /// <summary>Decodes a request, or says why not. Never throws for what the body holds.</summary>
    /// <param name="body">Stays as it is until the write is disposed, which may read labels from it.</param>
    /// <param name="sourceId">Who sent it.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="write">What it holds.</param>
    /// <param name="problem">Why it cannot be read.</param>
    /// <param name="version">Which message it is.</param>
    /// <param name="owner">Of the body: disposed with the write, or here where nothing needs the body any more.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> body,
        int sourceId,
        WriteLimits limits,
        [NotNullWhen(true)] out DecodedWrite? write,
        [NotNullWhen(false)] out WriteProblem? problem,
        RemoteWriteVersion version = RemoteWriteVersion.One,
        IDisposable? owner = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        write = Decode(body.Span, sourceId, limits, version, out problem);
        if (write is not null && version == RemoteWriteVersion.One && !write.LabelsMoved)
        {
            write.Pack(body, owner);
        }
        else
        {
            owner?.Dispose();
        }

        return write is not null;
    }

    private static DecodedWrite? Decode(ReadOnlySpan<byte> body, int sourceId, WriteLimits limits, RemoteWriteVersion version, out WriteProblem? problem)
    {
        if (!TryDecompress(body, limits, out var buffer, out var length, out problem))
        {
            return null;
        }

        DecodedWrite decoded;
        if (version == RemoteWriteVersion.Two)
        {
            // Its labels stand apart from each other, so they are written anew.
            decoded = new DecodedWrite(sourceId);
            problem = WriteRequestV2Scanner.Scan(buffer.AsSpan(0, length), decoded, limits);
            IngestPool.Bodies.Return(buffer);
        }
        else
        {
            decoded = new DecodedWrite(sourceId, buffer);
            problem = WriteRequestScanner.Scan(buffer.AsSpan(0, length), decoded, limits);
        }

        if (problem is not null)
        {
            decoded.Dispose();
            return null;
        }

        return decoded;
    }

    private static bool TryDecompress(
        ReadOnlySpan<byte> body,
        WriteLimits limits,
        [NotNullWhen(true)] out byte[]? buffer,
        out int length,
        [NotNullWhen(false)] out WriteProblem? problem)
    {
        buffer = null;
        length = 0;
        problem = null;

        // The declared length is read here and not by the library, since nothing may be allocated before it is checked.
        var at = 0;
        if (!VarInt.TryRead(body, ref at, out var declared) || declared > uint.MaxValue || at > LongestLength)
        {
            problem = Malformed("The body is not a snappy block: its length cannot be read.");
            return false;
        }

        if (declared > (ulong)limits.MaxDecompressedBytes)
        {
            problem = new WriteProblem(
                WriteFault.TooLarge,
                $"The body holds {declared} bytes after decompression; at most {limits.MaxDecompressedBytes} are accepted. "
                + "Lower max_samples_per_send in the queue_config of the sender.");
            return false;
        }

        if (declared > (ulong)(body.Length - at) * MaxExpansion)
        {
            problem = Malformed("The body is not a snappy block: it is too short for the length that it declares.");
            return false;
        }

        var rented = IngestPool.Bodies.Rent((int)declared);
        try
        {
            if (Snappy.TryDecompress(body, rented.AsSpan(0, (int)declared), out length) && length == (int)declared)
            {
                buffer = rented;
                return true;
            }
        }
        catch (InvalidDataException)
        {
            // The sentence below says it.
        }

        IngestPool.Bodies.Return(rented);
        problem = Malformed("The body is not a valid snappy block; remote write compresses its body with snappy's block format.");
        return false;
    }

    private static WriteProblem Malformed(string sentence) => new(WriteFault.Malformed, sentence);
}
