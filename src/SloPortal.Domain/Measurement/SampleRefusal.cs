namespace SloPortal.Domain.Measurement;

/// <summary>
/// Why a sample was not taken. A series that no SLI reads is no refusal, and neither is a duplicate. The order is part of nothing that is
/// stored; the names are.
/// </summary>
public enum SampleRefusal
{
    /// <summary>The sample was taken.</summary>
    None,

    /// <summary>The value is not a number.</summary>
    NotANumber,

    /// <summary>Prometheus marked the end of a series. This is usual and no fault.</summary>
    StaleMarker,

    /// <summary>The value is infinite.</summary>
    Infinite,

    /// <summary>A counter is below zero.</summary>
    NegativeCounter,

    /// <summary>The timestamp lies in the future.</summary>
    InFuture,

    /// <summary>The timestamp is older than the retention.</summary>
    PastRetention,

    /// <summary>The same instant is known with another value.</summary>
    Conflict,

    /// <summary>Older than the last four samples of its series.</summary>
    TooLate,

    /// <summary>A native histogram.</summary>
    NativeHistogram,

    /// <summary>A sum or histogram that is neither delta nor cumulative, or deltas of a value that can fall.</summary>
    Temporality,

    /// <summary>An exponential histogram with buckets wider than a factor of two.</summary>
    CoarseHistogram,

    /// <summary>A histogram that contradicts itself.</summary>
    BrokenHistogram,

    /// <summary>The portal keeps no more series.</summary>
    SeriesLimit,

    /// <summary>The series has no metric name.</summary>
    NoMetricName,

    /// <summary>A label name occurs twice or is empty.</summary>
    BadLabelName,

    /// <summary>A label, or all of them together, is too long.</summary>
    LabelsTooLong,

    /// <summary>A label is not valid UTF-8 or holds a zero character.</summary>
    LabelEncoding,

    /// <summary>A row of a file or of an answer could not be read.</summary>
    UnreadableRow,

    /// <summary>A StatsD metric that counts nothing: a gauge or a set.</summary>
    NotACounter,

    /// <summary>More packets came than were kept to be read.</summary>
    Overflow,

    /// <summary>The source has as many series as its budget allows.</summary>
    SeriesBudget,
}

/// <summary>The reasons in words.</summary>
public static class SampleRefusals
{
    /// <summary>How many reasons there are, <see cref="SampleRefusal.None"/> included: the length of an array by reason.</summary>
    public const int Count = (int)SampleRefusal.SeriesBudget + 1;

    /// <summary>Whether the reason is a part of normal operation, which no one has to act on.</summary>
    public static bool IsUsual(this SampleRefusal refusal) => refusal is SampleRefusal.None or SampleRefusal.StaleMarker;

    /// <summary>One sentence that says what happened and, where there is something to do, what.</summary>
    public static string Sentence(this SampleRefusal refusal) => refusal switch
    {
        SampleRefusal.None => "The sample was taken.",
        SampleRefusal.NotANumber => "The value is not a number, so it says nothing about events.",
        SampleRefusal.StaleMarker => "The sender marked the end of a series; this is usual when a target goes away.",
        SampleRefusal.Infinite => "The value is infinite, so it says nothing about events.",
        SampleRefusal.NegativeCounter => "A counter is below zero; check that the SLI reads a counter and not a gauge.",
        SampleRefusal.InFuture => "The timestamp is in the future; check the clock of the sender.",
        SampleRefusal.PastRetention => "The timestamp is older than what the portal keeps.",
        SampleRefusal.Conflict =>
            "The same series has another value at the same instant; two senders may lack a label that tells them apart.",
        SampleRefusal.TooLate =>
            "The sample is older than the last four of its series; it was sent again, or it came too late to be counted.",
        SampleRefusal.NativeHistogram => "Native histograms are not read; send the classic buckets as well.",
        SampleRefusal.Temporality =>
            "A sum or histogram must say that it is delta or cumulative, and one that can fall must be cumulative.",
        SampleRefusal.CoarseHistogram =>
            "An exponential histogram has buckets wider than a factor of two, so no bound in them can be counted; let it have more buckets.",
        SampleRefusal.BrokenHistogram => "The counts, bounds or buckets of a histogram contradict each other.",
        SampleRefusal.SeriesLimit => "The portal keeps no more series; send fewer, or narrow the selectors of the SLIs.",
        SampleRefusal.NoMetricName => "The series has no metric name.",
        SampleRefusal.BadLabelName => "A label name is empty or occurs twice in one series.",
        SampleRefusal.LabelsTooLong => "The labels of the series are too long or too many.",
        SampleRefusal.LabelEncoding => "A label is not valid UTF-8 or holds a zero character.",
        SampleRefusal.UnreadableRow => "A row could not be read; the upload or the test of the query says which one and why.",
        SampleRefusal.NotACounter => "A gauge or a set says nothing about events; send counters or timers.",
        SampleRefusal.Overflow => "More packets came at once than could be read; send fewer, with a sample rate.",
        SampleRefusal.SeriesBudget =>
            "The source has as many series as its budget allows, so a further one is not counted; drop series that nobody reads at the sender, or let an administrator raise the budget.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
