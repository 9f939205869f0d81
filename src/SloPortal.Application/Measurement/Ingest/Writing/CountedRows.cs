using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>A row that is to count once.</summary>
/// <param name="Key">Its name within its source.</param>
/// <param name="Counts">What it counts.</param>
public readonly record struct CountedRow(Guid Key, PushedInterval Counts);

/// <summary>A row that is not taken.</summary>
public sealed record UntakenRow(long Line, string Reason, string Text, SampleRefusal Refusal);

/// <summary>How far a run has come with a piece of its file. Stored with what the piece counts.</summary>
/// <param name="RunId">The run.</param>
/// <param name="RowsRead">Rows that are done with after this piece.</param>
/// <param name="PassedOver">Rows of the piece that are no rows of this kind.</param>
public sealed record RunStep(Guid RunId, long RowsRead, long PassedOver);

/// <summary>Rows of a file or an answer for one SLI. Their keys commit with their counts, so that a row that is known changes nothing.</summary>
/// <param name="sourceId">Whose rows they are.</param>
/// <param name="sliId">For which they count.</param>
/// <param name="rows">Those that are taken.</param>
/// <param name="untaken">Those that are not, to be told.</param>
/// <param name="step">The run that they are a piece of; null for an answer to a query.</param>
/// <param name="since">Of a query, the end of what is counted after this; null else.</param>
/// <param name="results">Of a probe, its runs: those that are rows, and those that count nothing; null else.</param>
public sealed class CountedRows(
    int sourceId, int sliId, IReadOnlyList<CountedRow> rows, IReadOnlyList<UntakenRow> untaken, RunStep? step, DateTimeOffset? since = null,
    IReadOnlyList<ProbeResult>? results = null) : IngestRequest(sourceId)
{
    private bool[]? known;

    public IReadOnlyList<CountedRow> Rows => rows;

    public IReadOnlyList<UntakenRow> Untaken => untaken;

    public RunStep? Step => step;

    public DateTimeOffset? Since => since;

    public IReadOnlyList<ProbeResult> Results => results ?? [];

    /// <summary>How many were new. Known once it is answered.</summary>
    public int Kept { get; private set; }

    public int Duplicates => rows.Count - Kept;

    /// <summary>The events of the new ones.</summary>
    public double Good { get; private set; }

    public double Total { get; private set; }

    /// <summary>The new ones, whose keys are to be stored.</summary>
    internal IEnumerable<CountedRow> New => rows.Where((_, i) => known is null || !known[i]);

    internal override int SampleCount => rows.Count + untaken.Count;

    /// <summary>Tells which rows are known: those that are in the set, which the others are then added to. Before it is folded.</summary>
    internal void Meet(HashSet<(int Source, Guid Key)> keys)
    {
        known = new bool[rows.Count];
        (Kept, Good, Total) = (0, 0, 0);
        for (var i = 0; i < rows.Count; i++)
        {
            known[i] = !keys.Add((SourceId, rows[i].Key));
            if (known[i])
                continue;
            Kept++;
            Good += rows[i].Counts.Good;
            Total += rows[i].Counts.Total;
        }
    }

    internal override void FoldInto(SeriesTable table, in SampleRules rules, IngestGroup group)
    {
        // Runs that measured nothing are no arrival.
        if (SampleCount == 0)
            return;
        var tally = group.TallyOf(SourceId);
        tally.Arrived += SampleCount;
        tally.Duplicates += Duplicates;
        tally.Matched += Kept;
        foreach (var row in untaken)
        {
            tally.Refuse(row.Refusal);
            if (tally.WantsExample(row.Refusal))
                tally.Explain(row.Refusal, row.Reason);
        }
        foreach (var row in New)
            group.Minutes.AddSpread(sliId, row.Counts);
    }
}

/// <summary>Counts without rows or series, such as those of StatsD, with what became of what they were counted from.</summary>
public sealed class CountedMinutes(int sourceId, IReadOnlyList<MinuteDelta> minutes, SourceTally counted) : IngestRequest(sourceId)
{
    internal override int SampleCount => minutes.Count;

    internal override void FoldInto(SeriesTable table, in SampleRules rules, IngestGroup group)
    {
        group.TallyOf(SourceId).Add(counted);
        foreach (var (sli, minute, good, total) in minutes)
            group.Minutes.Add(sli, minute, good, total);
    }
}
