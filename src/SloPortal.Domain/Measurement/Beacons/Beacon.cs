namespace SloPortal.Domain.Measurement.Beacons;

/// <summary>A source that real browsers report to: how pages load, and whether something fails on them.</summary>
public sealed class Beacon
{
    public const int MostOrigins = 20;

    private Beacon() { }

    public Beacon(int sourceId, Guid serviceId, string key, int loadSliId, int viewSliId, int fastMs)
    {
        (SourceId, ServiceId, Key, LoadSliId, ViewSliId, FastMs) = (sourceId, serviceId, key, loadSliId, viewSliId, fastMs);
    }

    public int SourceId { get; private set; }
    public Guid ServiceId { get; private set; }

    /// <summary>Stands in every page that reports, so it is no secret; it can only report.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Counts loads; good are those within <see cref="FastMs"/>.</summary>
    public int LoadSliId { get; private set; }

    /// <summary>Counts page views; good are those without an error.</summary>
    public int ViewSliId { get; private set; }

    /// <summary>Milliseconds from the click to the end of loading. It never changes, since all that was counted rests on it.</summary>
    public int FastMs { get; private set; }

    /// <summary>From which sites it is taken, such as <c>https://shop.example.com</c>.</summary>
    public string[] Origins { get; private set; } = [];

    /// <summary>Which share of page views reports, above 0 and up to 1. Each counts as 1 ÷ this.</summary>
    public double SampleRate { get; private set; } = 1;

    /// <summary>The first whose pattern fits names the page.</summary>
    public IReadOnlyList<PageGroup> Groups { get; private set; } = [];

    public double Weight => 1 / SampleRate;

    public void Change(IReadOnlyList<string> origins, double sampleRate, IReadOnlyList<PageGroup> groups) => (Origins, SampleRate, Groups) = ([.. origins], sampleRate, groups);

    /// <summary>The name of a group as it is counted: one that the owner gave, or the rest.</summary>
    public string GroupOf(string? name) => Groups.Any(g => g.Name == name) ? name! : PageGroup.Other;
}
