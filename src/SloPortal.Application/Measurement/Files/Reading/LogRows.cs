using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files.Reading;

/// <summary>The lines of a log, read with a pattern. Empty lines are no rows.</summary>
internal sealed class LogRows(TextReader text, LinePattern pattern) : IRowStream
{
    private readonly LineReader lines = new(text);
    private long number;

    public IReadOnlyList<string> Columns => pattern.Columns;

    public async Task<RawRow?> NextAsync(CancellationToken ct)
    {
        while (await lines.NextAsync(ct) is var (line, isCut, _))
        {
            number++;
            if (line.Length > 0)
                return Read(number, line, isCut);
        }
        return null;
    }

    private RawRow Read(long at, string line, bool isCut)
    {
        if (isCut)
            return new RawRow(at, null, $"The line has more than {LineReader.MostCharacters:N0} characters.", false, line);
        var fields = pattern.Read(line);
        return new RawRow(at, fields, fields is null ? "The pattern does not match this line." : null, fields is null, line);
    }

    public void Dispose() => lines.Dispose();
}
