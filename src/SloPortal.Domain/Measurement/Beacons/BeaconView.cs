namespace SloPortal.Domain.Measurement.Beacons;

/// <summary>What a browser tells of a page view. There is nothing in it by which a person or a page could be known.</summary>
/// <param name="Group">Name of the page group.</param>
/// <param name="View">Whether this is the view, and not only what came after it was told.</param>
/// <param name="FirstByteMs">Time to the first byte.</param>
/// <param name="LoadMs">Until the page had loaded; null where it was left before.</param>
/// <param name="Errors">Errors that no code of the page caught.</param>
/// <param name="Failed">Requests of the page that failed, or were answered with 500 or more.</param>
public sealed record BeaconView(string? Group, bool View, double? FirstByteMs, double? LoadMs, int Errors, int Failed)
{
    private const int MostEvents = 1000;
    private const double LongestMs = 600_000;

    /// <summary>Whether the figures can be of a page.</summary>
    public bool IsSound => Errors is >= 0 and <= MostEvents && Failed is >= 0 and <= MostEvents && IsTime(FirstByteMs) && IsTime(LoadMs);

    public bool HasError => Errors + Failed > 0;

    private static bool IsTime(double? ms) => ms is null or (>= 0 and <= LongestMs);
}

/// <summary>What was counted of a page group in an hour, in views that reported: without the weight of the sample.</summary>
public sealed class BeaconHour
{
    public int SourceId { get; init; }
    public DateTimeOffset Hour { get; init; }
    public string PageGroup { get; init; } = "";
    public long Views { get; init; }
    public long ViewsWithError { get; init; }
    public long Loads { get; init; }
    public long FastLoads { get; init; }

    /// <summary>Milliseconds of all loads together.</summary>
    public double LoadMs { get; init; }

    /// <summary>Milliseconds to the first byte of all views that told it together, and how many did.</summary>
    public double FirstByteMs { get; init; }

    public long FirstBytes { get; init; }
    public long Errors { get; init; }
    public long Failed { get; init; }
}
