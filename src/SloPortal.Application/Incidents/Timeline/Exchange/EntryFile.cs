using System.Globalization;
using System.Text.Json;
using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline.Exchange;

/// <summary>An entry as a file has it.</summary>
/// <param name="Place">Line of a CSV, or which entry of a JSON, from 1.</param>
/// <param name="Author">Null where the file names nobody.</param>
/// <param name="Kind">A note, a decision or impact; whatever else the file says is a note.</param>
public sealed record FileEntry(long Place, DateTimeOffset At, string? Author, string Text, EntryKind Kind);

/// <summary>What of a file could not be read, and why.</summary>
public sealed record FileRest(long Place, string Why, string Text);

/// <summary>
/// Reads entries out of a CSV, whose header names the columns, or a JSON: an array of objects, or an object that has one as <c>entries</c>, as an export has. What
/// an export says was corrected is left out for its correction.
/// </summary>
internal static class EntryFile
{
    /// <summary>As people and tools call them, without regard to case, spaces, dashes and underscores. What a clock said comes before what it was corrected to.</summary>
    private static readonly string[] Times = ["recordedtime", "occurredat", "time", "timestamp", "datetime", "at", "when", "date"];
    private static readonly string[] Texts = ["text", "body", "message", "what", "event", "description", "summary", "title"];
    private static readonly string[] Authors = ["author", "who", "user", "name", "from", "by"];
    private static readonly string[] Kinds = ["kind", "type"];
    private static readonly string[] Corrections = ["correctedby"];

    /// <exception cref="InvalidDataException">Nothing can be read; the message says what to do.</exception>
    public static async Task<(List<FileEntry> Entries, List<FileRest> Unread)> ReadAsync(string text, TimeZoneInfo zone, CancellationToken ct)
    {
        var (entries, rest) = (new List<FileEntry>(), new List<FileRest>());
        var rows = text.AsSpan().TrimStart() is ['[' or '{', ..] ? Json(text) : await CsvAsync(text, ct);
        foreach (var row in rows)
        {
            if (row.Problem is { } problem)
                rest.Add(new(row.Place, problem, Short(row.Shown)));
            else if (Read(row, zone) is var (entry, why) && entry is not null)
                entries.Add(entry);
            else
                rest.Add(new(row.Place, why!, Short(row.Shown)));
        }
        return (entries, rest);
    }

    private static (FileEntry? Entry, string? Why) Read(Row row, TimeZoneInfo zone)
    {
        if (row.Of(Corrections) is { Length: > 0 } correction)
            return (null, $"It was corrected by {correction}, which stands in the file too.");
        if (row.Of(Texts) is not { } text || string.IsNullOrWhiteSpace(text))
            return (null, "It does not say what happened.");
        if (text.Length > LineParser.LongestText || text.Contains('\0', StringComparison.Ordinal))
            return (null, $"An entry is text of at most {LineParser.LongestText.ToString("N0", CultureInfo.InvariantCulture)} characters.");
        if (row.Of(Authors) is { Length: > 250 })
            return (null, "A name has at most 250 characters.");
        if (TimeOf(row.Of(Times), zone) is not { } at)
            return (null, row.Of(Times) is { Length: > 0 } shown ? $"\"{Short(shown)}\" is no time. Write 2026-11-28T10:02:07Z, or 2026-11-28 10:02:07 for the zone that is given." : "It does not say when.");
        var kind = Enum.TryParse<EntryKind>(row.Of(Kinds), ignoreCase: true, out var named) && named is EntryKind.Decision or EntryKind.Impact ? named : EntryKind.Note;
        return (new(row.Place, at, row.Of(Authors) is { } author && !string.IsNullOrWhiteSpace(author) ? author.Trim() : null, text.Trim(), kind), null);
    }

    /// <summary>With an offset as it says, else by the wall clock of the zone; to the microsecond.</summary>
    private static DateTimeOffset? TimeOf(string? shown, TimeZoneInfo zone)
    {
        // Digits alone would be read as a year or a day.
        if (shown is null || !shown.Contains(':', StringComparison.Ordinal)
            || !DateTime.TryParse(shown.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var wall) || wall.Year < 1970)
            return null;
        var at = wall.Kind == DateTimeKind.Unspecified ? WallClock.Instant(wall, zone) : new DateTimeOffset(wall).ToUniversalTime();
        return new DateTimeOffset(at.Ticks - at.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }

    private static async Task<List<Row>> CsvAsync(string text, CancellationToken ct)
    {
        using var rows = await CsvRows.OpenAsync(new StringReader(text), CsvRows.DelimiterOf(text[..Math.Min(text.Length, 10_000)]), hasHeader: true, ct);
        string[] columns = [.. rows.Columns.Select(Plain)];
        if (!columns.Any(Times.Contains) || !columns.Any(Texts.Contains))
            throw new InvalidDataException($"The first line names the columns, one of them \"time\" and one \"text\". This one names: {Short(string.Join(", ", rows.Columns))}.");
        var found = new List<Row>();
        while (await rows.NextAsync(ct) is { } raw)
        {
            found.Add(raw.Fields is { } fields
                ? new(raw.Line, null, raw.Text, fields.Take(columns.Length).Select((value, i) => (columns[i], value)).DistinctBy(f => f.Item1).ToDictionary(f => f.Item1, f => Undefused(f.value)))
                : new(raw.Line, raw.Problem, raw.Text, []));
        }
        return found;
    }

    private static List<Row> Json(string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"This is no JSON from line {(e.LineNumber ?? 0) + 1} on. Give an array of entries, or an object that has one as \"entries\".", e);
        }
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("entries", out var inner))
                root = inner;
            if (root.ValueKind != JsonValueKind.Array)
                throw new InvalidDataException("Give an array of entries, or an object that has one as \"entries\".");
            return [.. root.EnumerateArray().Select((entry, i) => entry.ValueKind == JsonValueKind.Object
                ? new Row(i + 1, null, entry.GetRawText(), Fields(entry))
                : new Row(i + 1, "It is no object with a time and a text.", entry.GetRawText(), []))];
        }
    }

    private static Dictionary<string, string> Fields(JsonElement entry)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in entry.EnumerateObject())
        {
            var value = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                // An export names the correction by its number.
                JsonValueKind.Object when property.Value.TryGetProperty("number", out var number) => "entry " + number.GetRawText(),
                _ => null,
            };
            if (value is not null)
                fields.TryAdd(Plain(property.Name), value);
        }
        return fields;
    }

    private static string Plain(string name) => name.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Without the apostrophe that an export puts before what a spreadsheet would take for a formula.</summary>
    private static string Undefused(string cell) => cell is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? cell[1..] : cell;

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "…";

    private sealed record Row(long Place, string? Problem, string Shown, Dictionary<string, string> Fields)
    {
        public string? Of(string[] names) => names.Select(n => Fields.GetValueOrDefault(n)).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
    }
}
