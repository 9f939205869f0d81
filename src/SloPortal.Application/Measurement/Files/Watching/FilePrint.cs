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
