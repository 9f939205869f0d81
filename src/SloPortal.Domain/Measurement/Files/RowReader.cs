using System.Diagnostics.CodeAnalysis;

namespace SloPortal.Domain.Measurement.Files;

/// <summary>Reads the values of a row as a mapping says. Pure, and safe for any text.</summary>
public sealed class RowReader
{
    private readonly RowMapping mapping;
    private readonly TimeReader time;
    private readonly GoodRule? rule;
    private readonly PushRules rules;
    private readonly int timeAt;
    private readonly int goodAt;
    private readonly int badAt;
    private readonly int totalAt;
    private readonly int valueAt;

    private RowReader(RowMapping mapping, TimeReader time, GoodRule? rule, IReadOnlyList<string> columns, PushRules rules)
    {
        (this.mapping, this.time, this.rule, this.rules) = (mapping, time, rule, rules);
        timeAt = At(columns, mapping.Time.Column);
        goodAt = At(columns, mapping.Counts.Good);
        badAt = At(columns, mapping.Counts.Bad);
        totalAt = At(columns, mapping.Counts.Total);
        valueAt = At(columns, mapping.Counts.Column);
    }

    /// <summary>The reader, or what is wrong with the mapping, by the names of its fields: <c>Time.Column</c>, <c>Counts.Value</c>.</summary>
    /// <param name="mapping">What the columns mean.</param>
    /// <param name="columns">Their names in this file.</param>
    /// <param name="now">The present.</param>
    /// <param name="retention">Rows older than this are refused.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="problems">Sentences by field.</param>
    public static bool TryCreate(
        RowMapping mapping, IReadOnlyList<string> columns, DateTimeOffset now, TimeSpan retention,
        [NotNullWhen(true)] out RowReader? reader, [NotNullWhen(false)] out IReadOnlyDictionary<string, string[]>? problems)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(columns);
        var found = new Dictionary<string, string[]>();
        void Problem(string field, string? sentence)
        {
            if (sentence is not null)
                found.TryAdd(field, [sentence]);
        }
        void Column(string field, string? column, string missing) => Problem(field,
            string.IsNullOrEmpty(column) ? missing : columns.Contains(column) ? null : $"There is no column “{column}” in this file.");

        var counts = mapping.Counts;
        Column("Time.Column", mapping.Time.Column, "Choose the column of the time.");
        TimeReader.TryCreate(mapping.Time, now, out var time, out var timeProblem);
        Problem(mapping.Time.Form == TimeForm.Custom && timeProblem?.Contains("zone", StringComparison.Ordinal) != true ? "Time.Format" : "Time.Zone", timeProblem);
        GoodRule? rule = null;
        if (counts.Meaning == RowMeaning.Event)
        {
            Column("Counts.Column", counts.Column, "Choose the column that says whether an event is good.");
            if (!GoodRule.TryCreate(counts.Test, counts.Value, mapping.DecimalComma, out rule, out var ruleProblem))
                Problem("Counts.Value", ruleProblem);
        }
        else
        {
            Column("Counts.Total", counts.Total, "Choose the column of all events.");
            if (string.IsNullOrEmpty(counts.Good) == string.IsNullOrEmpty(counts.Bad))
                Problem("Counts.Good", "Choose the column of the good events or that of the bad ones.");
            else
                Column(counts.Good is { Length: > 0 } ? "Counts.Good" : "Counts.Bad", counts.Good is { Length: > 0 } good ? good : counts.Bad, "");
            if (counts.Minutes < 1 || counts.Minutes > PushRules.MaxLength.TotalMinutes)
                Problem("Counts.Minutes", "An interval is between 1 and 60 minutes long.");
        }
        reader = found.Count == 0 ? new RowReader(mapping, time!, rule, columns, PushRules.At(now, retention)) : null;
        problems = reader is null ? found : null;
        return reader is not null;
    }

    /// <summary>What the row counts, or why it is refused.</summary>
    public RowVerdict Read(ReadOnlySpan<string> fields)
    {
        var needed = Math.Max(Math.Max(timeAt, valueAt), Math.Max(totalAt, Math.Max(goodAt, badAt)));
        if (needed >= fields.Length)
            return RowVerdict.Refused($"The row has {fields.Length} {(fields.Length == 1 ? "value" : "values")}; column {needed + 1} is read.");
        if (!time.TryRead(fields[timeAt], out var at, out var problem))
            return RowVerdict.Refused(problem, mapping.Time.Column);
        if (at < DateTimeOffset.UnixEpoch.AddDays(1) || at.Year > 9000)
            return RowVerdict.Refused("The time is too far away to be counted.", mapping.Time.Column, SampleRefusal.PastRetention);
        return mapping.Counts.Meaning == RowMeaning.Event ? ReadEvent(fields, at) : ReadCounts(fields, at);
    }

    private RowVerdict ReadEvent(ReadOnlySpan<string> fields, DateTimeOffset at)
    {
        if (!rule!.TryJudge(fields[valueAt], out var good, out var problem))
            return RowVerdict.Refused(problem, mapping.Counts.Column);
        var minute = Floor(at);
        return Judge(new PushedInterval(minute, minute.AddMinutes(1), good ? 1 : 0, 1));
    }

    private RowVerdict ReadCounts(ReadOnlySpan<string> fields, DateTimeOffset at)
    {
        if (!GoodRule.TryNumber(fields[totalAt], mapping.DecimalComma, out var total))
            return RowVerdict.Refused($"“{Short(fields[totalAt])}” is no number.", mapping.Counts.Total);
        var part = goodAt >= 0 ? goodAt : badAt;
        if (!GoodRule.TryNumber(fields[part], mapping.DecimalComma, out var number))
            return RowVerdict.Refused($"“{Short(fields[part])}” is no number.", mapping.Counts.Good is { Length: > 0 } good ? good : mapping.Counts.Bad);
        if (badAt >= 0 && goodAt < 0 && number > total)
            return RowVerdict.Refused("There are more bad events than events.", mapping.Counts.Bad);
        if (badAt >= 0 && goodAt < 0 && number < 0)
            return RowVerdict.Refused("There are less than no bad events.", mapping.Counts.Bad);
        var start = Floor(mapping.Counts.TimeIsEnd ? at.AddMinutes(-mapping.Counts.Minutes) : at);
        return Judge(new PushedInterval(start, start.AddMinutes(mapping.Counts.Minutes), goodAt >= 0 ? number : total - number, total));
    }

    private RowVerdict Judge(PushedInterval counts) => rules.Problem(counts) is not { } problem ? RowVerdict.Of(counts)
        : counts.Start < rules.Earliest ? RowVerdict.Refused($"The row is of {counts.Start:yyyy-MM-dd HH:mm} UTC, which is older than what the portal keeps (since {rules.Earliest:yyyy-MM-dd}).", mapping.Time.Column, SampleRefusal.PastRetention)
        : counts.End > rules.Latest ? RowVerdict.Refused($"The row is of {counts.Start:yyyy-MM-dd HH:mm} UTC, which is in the future; check its time zone.", mapping.Time.Column, SampleRefusal.InFuture)
        : RowVerdict.Refused(problem, mapping.Counts.Total);

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static int At(IReadOnlyList<string> columns, string? column)
    {
        for (var i = 0; i < columns.Count && !string.IsNullOrEmpty(column); i++)
        {
            if (columns[i] == column)
                return i;
        }
        return -1;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";
}
