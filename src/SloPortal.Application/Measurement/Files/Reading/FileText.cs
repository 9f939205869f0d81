using System.IO.Compression;
using System.Text;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files.Reading;

/// <summary>Opens the bytes of a file as text: unpacked where it is packed with gzip, in the encoding that its beginning shows.</summary>
internal static class FileText
{
    /// <summary>What a packed file may unpack to, in bytes.</summary>
    public const long MostUnpacked = 1L << 30;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The rows of the file.</summary>
    /// <exception cref="InvalidDataException">It is packed and cannot be unpacked, or far too large.</exception>
    public static async Task<IRowStream> OpenRowsAsync(Stream file, RowMapping mapping, CancellationToken ct)
    {
        var reader = await OpenAsync(file, ct);
        return mapping.Format == RowFormat.Csv ? await CsvRows.OpenAsync(reader, mapping, ct)
            : LinePattern.TryCreate(mapping.Pattern, out var pattern, out var problem) ? new LogRows(reader, pattern)
            : throw new InvalidDataException(problem);
    }

    /// <summary>The text of the file.</summary>
    public static async Task<TextReader> OpenAsync(Stream file, CancellationToken ct)
    {
        var bytes = new BeginningStream(file);
        var start = await bytes.PeekAsync(2, ct);
        if (start.Length == 2 && start.Span[0] == 0x1f && start.Span[1] == 0x8b)
            bytes = new BeginningStream(new GZipStream(bytes, CompressionMode.Decompress), MostUnpacked);
        var beginning = await bytes.PeekAsync(64 * 1024, ct);
        return new StreamReader(bytes, EncodingOf(beginning.Span), detectEncodingFromByteOrderMarks: true);
    }

    /// <summary>The encoding of a text by its beginning: that of a mark, UTF-16 by its zeros, UTF-8 where it is valid, else Latin-1.</summary>
    public static Encoding EncodingOf(ReadOnlySpan<byte> beginning)
    {
        if (beginning.Length >= 4)
        {
            var zerosAtOdd = 0;
            var zerosAtEven = 0;
            var sample = beginning[..Math.Min(beginning.Length, 400)];
            for (var i = 0; i < sample.Length; i++)
            {
                if (sample[i] == 0)
                    _ = i % 2 == 0 ? zerosAtEven++ : zerosAtOdd++;
            }
            if (zerosAtOdd * 4 > sample.Length)
                return Encoding.Unicode;
            if (zerosAtEven * 4 > sample.Length)
                return Encoding.BigEndianUnicode;
        }
        try
        {
            // The last character may be cut.
            var end = beginning.Length;
            while (end > 0 && beginning.Length - end < 4 && (beginning[end - 1] & 0xc0) == 0x80)
                end--;
            if (end > 0 && beginning[end - 1] >= 0xc0)
                end--;
            _ = Strict.GetCharCount(beginning.Length < 64 * 1024 ? beginning : beginning[..end]);
            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1;
        }
    }
}

/// <summary>A stream whose beginning can be looked at before it is read, and that ends with an error beyond a limit.</summary>
internal sealed class BeginningStream(Stream inner, long most = long.MaxValue) : Stream
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
