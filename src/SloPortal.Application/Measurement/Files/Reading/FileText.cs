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
        return mapping.Format == RowFormat.Csv ? await CsvRows.OpenAsync(reader, mapping.Delimiter, mapping.HasHeader, ct)
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
