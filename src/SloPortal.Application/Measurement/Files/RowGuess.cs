using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>The mapping that the beginning of a file suggests.</summary>
internal static class RowGuess
{
    private const int Beginning = 64 * 1024;

    /// <param name="open">Opens the file anew.</param>
    /// <param name="now">The present.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="InvalidDataException">It cannot be read as text.</exception>
    public static async Task<RowMapping> OfAsync(Func<Stream> open, DateTimeOffset now, CancellationToken ct)
    {
        var start = StartOf(await BeginningAsync(open(), ct));
        var (columns, rows) = await FirstAsync(open(), start, ct);
        return MappingGuess.Of(start, columns, rows, now);
    }

    /// <summary>The same mapping with what a changed format, delimiter or pattern leaves open guessed again.</summary>
    public static async Task<RowMapping> AgainAsync(Func<Stream> open, RowMapping mapping, DateTimeOffset now, CancellationToken ct)
    {
        var (columns, rows) = await FirstAsync(open(), mapping, ct);
        return MappingGuess.Of(mapping, columns, rows, now);
    }

    private static RowMapping StartOf(string beginning)
    {
        var nothing = new RowMapping { Time = new TimeRule("", TimeForm.Iso), Counts = new CountRule(RowMeaning.Counts) };
        var lines = beginning.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (MappingGuess.Known(lines) is { } known)
            return nothing with { Format = RowFormat.Lines, Pattern = known.Pattern };
        var delimiter = CsvRows.DelimiterOf(beginning);
        if (lines.Length > 0 && lines.Take(20).Count(l => l.Contains(delimiter, StringComparison.Ordinal)) * 2 < Math.Min(20, lines.Length))
            return nothing with { Format = RowFormat.Lines, Pattern = "" };
        return nothing with
        {
            Delimiter = delimiter,
            HasHeader = MappingGuess.HasHeader(lines.Length == 0 ? [] : lines[0].Split(delimiter, StringSplitOptions.None).Select(v => v.Trim('"')).ToArray()),
            DecimalComma = delimiter == ";",
        };
    }

    private static async Task<string> BeginningAsync(Stream file, CancellationToken ct)
    {
        using var text = await FileText.OpenAsync(file, ct);
        var buffer = new char[Beginning];
        var length = await text.ReadBlockAsync(buffer, ct);
        return new string(buffer, 0, length);
    }

    private static async Task<(IReadOnlyList<string> Columns, List<string[]> Rows)> FirstAsync(Stream file, RowMapping mapping, CancellationToken ct)
    {
        if (mapping.Format == RowFormat.Lines && !LinePattern.TryCreate(mapping.Pattern, out _, out _))
            return ([], []);
        using var rows = await FileText.OpenRowsAsync(file, mapping, ct);
        var first = new List<string[]>();
        for (var i = 0; i < 400 && first.Count < 100 && await rows.NextAsync(ct) is { } row; i++)
        {
            if (row.Fields is { } fields)
                first.Add(fields);
        }
        return (rows.Columns, first);
    }
}
