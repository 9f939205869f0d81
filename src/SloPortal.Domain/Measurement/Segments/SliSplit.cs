namespace SloPortal.Domain.Measurement.Segments;

/// <summary>
/// By which labels the events of an SLI are counted apart as well. Another choice is another split with segments of its own; what the one before
/// it counted stays.
/// </summary>
public sealed class SliSplit
{
    public const int MaxLabels = 2;
    public const int LeastCap = 2;
    public const int LargestCap = 200;
    public const int UsualCap = 50;

    private SliSplit() { }

    public SliSplit(int sliId, IReadOnlyList<string> labels, int cap, DateTimeOffset since, string setByName, DateTimeOffset setAt)
    {
        SliId = sliId;
        Labels = [.. labels];
        Cap = cap;
        Since = since;
        SetByName = setByName;
        SetAt = setAt;
    }

    public int Id { get; private set; }
    public int SliId { get; private set; }

    /// <summary>One or two, in the order in which the values of a segment stand.</summary>
    public string[] Labels { get; private set; } = [];

    /// <summary>The most segments of their own; the values beyond are counted together.</summary>
    public int Cap { get; private set; }

    /// <summary>The first minute, of which and after which the segments together are the SLI.</summary>
    public DateTimeOffset Since { get; private set; }

    public string SetByName { get; private set; } = "";
    public DateTimeOffset SetAt { get; private set; }
    public string? EndedByName { get; private set; }

    /// <summary>From then on nothing is counted apart by it.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(string byName, DateTimeOffset now) => (EndedByName, EndedAt) = (byName, now);

    /// <summary>Why an SLI of this definition cannot be split at all, a sentence; null when it can.</summary>
    public static string? Obstacle(SliDefinition definition) => definition switch
    {
        CounterRatio or HistogramThreshold or GaugeThreshold => null,
        PushedRatio => "Counts that are brought by a program, a file or a probe have no labels, so they cannot be split. Make an SLI for each part instead.",
        Composite => "A journey counts other SLIs and has no labels of its own. Split the SLIs of its steps.",
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, null),
    };

    /// <summary>Why a label cannot be the one to split by, a sentence; null when it can.</summary>
    public static string? Problem(string label) => label switch
    {
        LabelSet.MetricNameLabel or LabelSet.TemporalityLabel => $"The label {label} tells forms of the same series apart and no part of the traffic.",
        HistogramThreshold.BoundLabel => "The label le is the bound of a bucket and no part of the traffic.",
        _ => null,
    };
}
