using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files.Reading;

/// <summary>
/// The rows of a CSV. A quote that is opened and not closed would swallow what follows it: such a row is refused alone, and reading goes on
/// with the line after it.
/// </summary>
internal sealed class CsvRows : IRowStream
{
    private const int MostColumns = 500;
    private static readonly string[] Delimiters = [",", ";", "\t", "|"];

    private readonly RememberingReader text;
    private readonly string delimiter;
    private CsvParser parser;
    private long line = 1;
    private long parsed;
    private string[]? first;
    private string firstText = "";

    private CsvRows(TextReader reader, string delimiter)
    {
        (text, this.delimiter) = (new RememberingReader(reader), delimiter);
        parser = Parser();
    }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Reads the header, or names the columns by their number.</summary>
    /// <param name="delimiter">One character; else it is a comma.</param>
    public static async Task<CsvRows> OpenAsync(TextReader reader, string? delimiter, bool hasHeader, CancellationToken ct)
    {
        var rows = new CsvRows(reader, delimiter is { Length: 1 } ? delimiter : ",");
        if (await rows.NextAsync(ct) is { Fields: { } fields } row)
        {
            if (hasHeader)
                rows.Columns = Names(fields);
            else
                (rows.Columns, rows.first, rows.firstText) = ([.. Enumerable.Range(1, fields.Length).Select(n => $"Column {n}")], fields, row.Text);
        }
        return rows;
    }

    /// <summary>The delimiter that the beginning of a text uses; a comma where nothing tells.</summary>
    public static string DelimiterOf(string beginning)
    {
        using var parser = new CsvParser(new StringReader(beginning), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = Delimiters,
            BadDataFound = null,
        });
        try
        {
            parser.Read();
            return Delimiters.Contains(parser.Delimiter) ? parser.Delimiter : ",";
        }
        catch (CsvHelperException)
        {
            return ",";
        }
    }

    public async Task<RawRow?> NextAsync(CancellationToken ct)
    {
        if (first is { } waiting)
        {
            first = null;
            return new RawRow(1, waiting, null, false, firstText);
        }
        while (true)
        {
            var at = line;
            var problem = "The row has a value of more than 64,000 characters, or a quote that is not closed.";
            try
            {
                if (!await parser.ReadAsync())
                    return null;
                var raw = parser.RawRecord;
                if (!IsOpen(raw))
                {
                    line += LineEnds(raw);
                    parsed = parser.CharCount;
                    text.Forget(parsed);
                    if (parser.Count == 1 && string.IsNullOrWhiteSpace(raw))
                        continue;
                    return parser.Count > MostColumns ? new RawRow(at, null, $"The row has more than {MostColumns} values.", false, Trim(raw)) : new RawRow(at, parser.Record, null, false, Trim(raw));
                }
                problem = "A quote is opened here and not closed.";
            }
            catch (CsvHelperException)
            {
                // Too long; refused below.
            }
            var refused = text.RewindBehindLine(parsed);
            parser.Dispose();
            (parser, parsed, line) = (Parser(), 0, line + 1);
            return new RawRow(at, null, problem, false, refused);
        }
    }

    public void Dispose()
    {
        parser.Dispose();
        text.End();
    }

    private CsvParser Parser() => new(text, new CsvConfiguration(CultureInfo.InvariantCulture)
    {
        Delimiter = delimiter,
        BadDataFound = null,
        IgnoreBlankLines = false,
        MaxFieldSize = LineReader.MostCharacters,
        DetectDelimiter = false,
    }, leaveOpen: true);

    /// <summary>A record that spans lines and has an odd number of quotes ended with the file and not with a quote.</summary>
    private static bool IsOpen(string raw) => raw.AsSpan().TrimEnd("\r\n").ContainsAny('\r', '\n') && raw.AsSpan().Count('"') % 2 == 1;

    private static long LineEnds(string raw)
    {
        long ends = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\n' || (raw[i] == '\r' && (i + 1 == raw.Length || raw[i + 1] != '\n')))
                ends++;
        }
        return Math.Max(1, ends);
    }

    private static string Trim(string raw) => raw.TrimEnd('\r', '\n');

    private static List<string> Names(string[] header)
    {
        var names = new List<string>();
        for (var i = 0; i < header.Length; i++)
        {
            var name = header[i].Trim() is { Length: > 0 } given ? given : $"Column {i + 1}";
            var unique = name;
            for (var n = 2; names.Contains(unique); n++)
                unique = $"{name} ({n})";
            names.Add(unique);
        }
        return names;
    }
}

/// <summary>Hands a text on and remembers what was handed on since the last row, so that it can be read once more.</summary>
internal sealed class RememberingReader(TextReader inner) : TextReader
{
    private readonly StringBuilder memory = new();
    private string again = "";
    private int againAt;
    private long forgotten;

    /// <summary>Everything up to so many characters is done with.</summary>
    public void Forget(long upTo)
    {
        // Not for each row, since what is left has to move.
        if (upTo - forgotten < 32 * 1024)
            return;
        memory.Remove(0, (int)(upTo - forgotten));
        forgotten = upTo;
    }

    /// <summary>Goes back to just behind the line that begins after so many characters; from then on characters are counted anew.</summary>
    /// <returns>That line.</returns>
    public string RewindBehindLine(long from)
    {
        var rest = memory.ToString((int)(from - forgotten), memory.Length - (int)(from - forgotten)) + again[againAt..];
        var end = rest.AsSpan().IndexOfAny('\r', '\n');
        var behind = end < 0 ? rest.Length : rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? end + 2 : end + 1;
        memory.Clear();
        (again, againAt, forgotten) = (rest[behind..], 0, 0);
        return end < 0 ? rest : rest[..end];
    }

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        if (againAt < again.Length)
        {
            read = Math.Min(buffer.Length, again.Length - againAt);
            again.AsSpan(againAt, read).CopyTo(buffer.Span);
            againAt += read;
        }
        else
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        memory.Append(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count)).AsTask();

    public void End() => inner.Dispose();
}
