namespace SloPortal.Web.Shared;

/// <summary>How a form asks by which method is counted: the kind, and of slices from which share on one is good.</summary>
internal sealed class MethodInput
{
    private const string TimeSlices = "timeslices ";

    /// <summary>The kinds on offer: of those with a target for slices what comes before it.</summary>
    public static IReadOnlyList<(string Value, string Text)> Kinds { get; } =
    [
        ("occurrences", "Events"), (TimeSlices + "1m", "1-minute slices"), (TimeSlices + "5m", "5-minute slices"),
        ("ratio timeslices 1m", "Mean of 1-minute slices"), ("ratio timeslices 5m", "Mean of 5-minute slices"),
    ];

    public string Kind { get; set; } = "occurrences";

    /// <summary>In percent.</summary>
    public string SliceTargetText { get; set; } = "99";

    public bool HasSliceTarget => Kind.StartsWith(TimeSlices, StringComparison.Ordinal);

    /// <summary>As it is stored.</summary>
    public string Text => HasSliceTarget ? $"{Kind} {SliceTargetText.Trim().TrimEnd('%').Trim().Replace(',', '.')}" : Kind;

    public string Explanation => HasSliceTarget ? "Each slice with events is good or bad, so a quiet hour weighs as much as a busy one."
        : Kind.StartsWith("ratio", StringComparison.Ordinal) ? "Each slice with events counts alike, with the share of its events that were good."
        : "Each event counts alike, so a busy minute weighs more than a quiet one.";

    /// <param name="text">As it is stored.</param>
    public void Take(string text)
    {
        if (text.Split(' ') is ["timeslices", var length, var percent])
            (Kind, SliceTargetText) = (TimeSlices + length, percent);
        else
            Kind = text;
    }
}
