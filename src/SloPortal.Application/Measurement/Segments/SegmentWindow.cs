namespace SloPortal.Application.Measurement.Segments;

/// <summary>Over which time segments are compared.</summary>
public enum SegmentWindow
{
    Hour,
    SixHours,
    Day,
    Week,

    /// <summary>The window of the objective.</summary>
    Objective,
}

/// <summary>How windows are written in an address.</summary>
public static class SegmentWindows
{
    public const string Sentence = "Choose the window 1h, 6h, 1d, 7d or objective.";

    public static IReadOnlyList<(SegmentWindow Window, string Text)> All { get; } =
        [(SegmentWindow.Hour, "1h"), (SegmentWindow.SixHours, "6h"), (SegmentWindow.Day, "1d"), (SegmentWindow.Week, "7d"), (SegmentWindow.Objective, "objective")];

    /// <summary>A day where nothing is said; null where it is none.</summary>
    public static SegmentWindow? Read(string? text) =>
        string.IsNullOrEmpty(text) ? SegmentWindow.Day : All.Where(w => w.Text == text).Select(w => (SegmentWindow?)w.Window).SingleOrDefault();

    /// <summary>Null for the window of an objective.</summary>
    public static TimeSpan? LengthOf(SegmentWindow window) => window switch
    {
        SegmentWindow.Hour => TimeSpan.FromHours(1),
        SegmentWindow.SixHours => TimeSpan.FromHours(6),
        SegmentWindow.Day => TimeSpan.FromDays(1),
        SegmentWindow.Week => TimeSpan.FromDays(7),
        SegmentWindow.Objective => null,
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, null),
    };
}
