using System.Globalization;

namespace SloPortal.Domain.Measurement.Files;

/// <summary>The mapping that the first rows suggest. A guess is shown and can be changed, so it may be wrong.</summary>
public static class MappingGuess
{
    private static readonly string[] TimeNames = ["time", "timestamp", "date", "datetime", "ts", "at", "when", "start", "minute", "hour", "@timestamp"];
    private static readonly string[] GoodNames = ["good", "ok", "success", "successes", "succeeded", "successful", "passed"];
    private static readonly string[] BadNames = ["bad", "error", "errors", "failed", "failures", "failure", "fail", "ko"];
    private static readonly string[] TotalNames = ["total", "count", "requests", "all", "events", "calls", "hits", "valid"];
    private static readonly string[] StatusNames = ["status", "code", "statuscode", "responsecode", "httpstatus", "elbstatuscode"];
    private static readonly string[] ResultNames = ["result", "outcome", "state", "success", "ok", "passed"];
    private static readonly string[] LatencyNames = ["latency", "duration", "elapsed", "took", "responsetime", "ms", "seconds", "requesttime", "latencyms", "durationms"];
    private static readonly string[] GoodWords = ["ok", "success", "succeeded", "successful", "passed", "pass", "true", "up", "good", "yes", "completed", "200"];

    /// <summary>The ready-made pattern that most of the lines match; null when none does.</summary>
    public static KnownPattern? Known(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var sample = lines.Where(l => l.Length is > 0 and < 20_000).Take(40).ToArray();
        return sample.Length == 0 ? null : KnownPatterns.All.FirstOrDefault(k =>
            LinePattern.TryCreate(k.Pattern, out var pattern, out _) && sample.Count(l => pattern.Read(l) is not null) * 10 >= sample.Length * 8);
    }

    /// <summary>Whether the first row names columns: none of its values is a number or a time.</summary>
    public static bool HasHeader(IReadOnlyList<string> first) =>
        first.Count > 0 && first.All(v => v.Trim() is { Length: > 0 and < 100 } text && !char.IsAsciiDigit(text[0]) && !GoodRule.TryNumber(text, false, out _)) && first.Distinct().Count() == first.Count;

    /// <summary>What the columns seem to mean.</summary>
    /// <param name="start">Format, delimiter and pattern, which are kept.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">The first rows.</param>
    /// <param name="now">The present.</param>
    public static RowMapping Of(RowMapping start, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        var values = columns.Select((_, i) => rows.Where(r => i < r.Length).Select(r => r[i]).Take(100).ToArray()).ToArray();
        return start with { Time = TimeOf(start, columns, values, now), Counts = CountsOf(start, columns, values) };
    }

    private static TimeRule TimeOf(RowMapping start, IReadOnlyList<string> columns, string[][] values, DateTimeOffset now)
    {
        if (start.Time.Column.Length > 0 && columns.Contains(start.Time.Column))
            return start.Time;
        TimeForm[] forms = [TimeForm.Iso, TimeForm.WebLog, TimeForm.Syslog, TimeForm.UnixSeconds, TimeForm.UnixMilliseconds];
        foreach (var column in InOrder(columns, TimeNames))
        {
            foreach (var form in forms)
            {
                var rule = new TimeRule(columns[column], form, null, start.Time.Zone);
                if (TimeReader.TryCreate(rule, now, out var reader, out _) && Mostly(values[column], v => reader.TryRead(v, out var at, out _) && at.Year is > 1990 and < 2200))
                    return rule;
            }
        }
        foreach (var format in (string[])["dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm", "M/d/yyyy h:mm:ss tt"])
        {
            foreach (var column in InOrder(columns, TimeNames))
            {
                var rule = new TimeRule(columns[column], TimeForm.Custom, format, start.Time.Zone);
                if (TimeReader.TryCreate(rule, now, out var reader, out _) && Mostly(values[column], v => reader.TryRead(v, out _, out _)))
                    return rule;
            }
        }
        return start.Time with { Column = "" };
    }

    private static CountRule CountsOf(RowMapping start, IReadOnlyList<string> columns, string[][] values)
    {
        bool Numbers(int c) => Mostly(values[c], v => GoodRule.TryNumber(v, start.DecimalComma, out _));
        int Named(string[] names) => InOrder(columns, names).Where(c => Is(columns[c], names)).Select(c => (int?)c).FirstOrDefault() ?? -1;

        var (good, bad, total) = (Named(GoodNames), Named(BadNames), Named(TotalNames));
        if (total >= 0 && Numbers(total) && ((good >= 0 && Numbers(good)) || (bad >= 0 && Numbers(bad))))
        {
            var byGood = good >= 0 && Numbers(good);
            return new CountRule(RowMeaning.Counts) { Good = byGood ? columns[good] : null, Bad = byGood ? null : columns[bad], Total = columns[total], Minutes = 1 };
        }
        var status = Named(StatusNames);
        if (status >= 0 && Mostly(values[status], v => v.Trim() is { Length: 3 } s && s[0] is >= '1' and <= '5' && s.All(char.IsAsciiDigit)))
            return new CountRule(RowMeaning.Event) { Column = columns[status], Test = GoodTest.StatusClasses, Value = "1xx, 2xx, 3xx, 4xx" };
        var result = Named([.. ResultNames, .. StatusNames]);
        if (result >= 0)
        {
            var words = values[result].Select(v => v.Trim()).Where(v => GoodWords.Contains(v, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase);
            return new CountRule(RowMeaning.Event) { Column = columns[result], Test = GoodTest.OneOf, Value = string.Join(", ", words) };
        }
        var latency = Named(LatencyNames);
        if (latency >= 0 && Numbers(latency))
            return new CountRule(RowMeaning.Event) { Column = columns[latency], Test = GoodTest.AtMost, Value = Nineteen(values[latency], start.DecimalComma) };
        return new CountRule(start.Format == RowFormat.Lines ? RowMeaning.Event : RowMeaning.Counts) { Test = GoodTest.OneOf };
    }

    /// <summary>A round bound within which nineteen of twenty of the values lie: somewhere to begin.</summary>
    private static string Nineteen(string[] values, bool decimalComma)
    {
        var sorted = values.Select(v => GoodRule.TryNumber(v, decimalComma, out var n) ? n : 0).Order().ToArray();
        var value = sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(sorted.Length * 0.95) - 1];
        if (value <= 0)
            return "1";
        var step = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (Math.Ceiling(value / step) * step).ToString("0.######", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<int> InOrder(IReadOnlyList<string> columns, string[] names) =>
        Enumerable.Range(0, columns.Count).OrderByDescending(i => Is(columns[i], names)).ThenByDescending(i => names.Any(n => columns[i].Contains(n, StringComparison.OrdinalIgnoreCase)));

    private static bool Is(string column, string[] names) =>
        names.Contains(string.Concat(column.Where(char.IsLetterOrDigit)), StringComparer.OrdinalIgnoreCase) || names.Contains(column, StringComparer.OrdinalIgnoreCase);

    private static bool Mostly(string[] values, Func<string, bool> holds) => values.Length > 0 && values.Count(holds) * 10 >= values.Length * 8;
}
