namespace SloPortal.Domain.Measurement.Files;

/// <summary>What one row counts, or why it is refused.</summary>
/// <param name="Problem">A sentence; null when the row is taken.</param>
/// <param name="Column">The column that the problem concerns.</param>
/// <param name="Counts">What is counted.</param>
/// <param name="Refusal">The kind of the problem.</param>
public readonly record struct RowVerdict(PushedInterval? Counts, string? Problem, string? Column, SampleRefusal Refusal)
{
    public static RowVerdict Of(PushedInterval counts) => new(counts, null, null, SampleRefusal.None);

    public static RowVerdict Refused(string problem, string? column = null, SampleRefusal refusal = SampleRefusal.UnreadableRow) => new(null, problem, column, refusal);
}
