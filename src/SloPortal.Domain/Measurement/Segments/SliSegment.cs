namespace SloPortal.Domain.Measurement.Segments;

/// <summary>
/// A part of the events of an SLI: those of series with the same values of the labels of its split. It is counted by minute under its own number, as
/// an SLI is. Made by the writer with the first event of it.
/// </summary>
public sealed class SliSegment
{
    /// <summary>Segments are numbered from here on, far above all SLIs; what is derived from SLIs is below zero.</summary>
    public const int FirstId = 1_000_000_000;

    private SliSegment() { }

    public SliSegment(int id, int splitId, int sliId, IReadOnlyList<string> values, bool isOther, DateTimeOffset madeAt, long seq)
    {
        Id = id;
        SplitId = splitId;
        SliId = sliId;
        LabelValues = [.. values];
        IsOther = isOther;
        MadeAt = madeAt;
        Seq = seq;
    }

    /// <summary>What it is counted under.</summary>
    public int Id { get; private set; }

    public int SplitId { get; private set; }
    public int SliId { get; private set; }

    /// <summary>In the order of the split's labels; the empty string where a series lacks the label. None for what is counted together.</summary>
    public string[] LabelValues { get; private set; } = [];

    /// <summary>Whether it holds all values beyond the most that are counted apart.</summary>
    public bool IsOther { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>The row of the log with which it was made.</summary>
    public long Seq { get; private set; }

    /// <summary>How a value is shown.</summary>
    public static string Shown(string value) => value.Length == 0 ? "(none)" : value;
}
