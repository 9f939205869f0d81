namespace SloPortal.Domain.Measurement.Probes;

/// <summary>A source that asks a service itself, from one or more locations. Where and how often stands with the source.</summary>
public sealed class Probe
{
    /// <summary>The location of the portal's own runs.</summary>
    public const string Portal = "portal";

    public const int MostLocations = 20;

    private Probe() { }

    public Probe(int sourceId, int sliId, ProbeCheck check, TimeSpan timeout, IReadOnlyList<string> locations, DateTimeOffset nextAt)
    {
        SourceId = sourceId;
        SliId = sliId;
        Check = check;
        Timeout = timeout;
        Locations = [.. locations];
        NextAt = nextAt;
    }

    public int SourceId { get; private set; }
    public int SliId { get; private set; }
    public ProbeCheck Check { get; private set; } = null!;

    /// <summary>The longest that a run takes.</summary>
    public TimeSpan Timeout { get; private set; }

    /// <summary>From where it is asked.</summary>
    public string[] Locations { get; private set; } = [];

    /// <summary>When the portal asks next. Moved before it asks, so that no other portal asks as well.</summary>
    public DateTimeOffset NextAt { get; private set; }

    public void Change(ProbeCheck check, TimeSpan timeout, IReadOnlyList<string> locations, DateTimeOffset nextAt) =>
        (Check, Timeout, Locations, NextAt) = (check, timeout, [.. locations], nextAt);

    public void Schedule(DateTimeOffset nextAt) => NextAt = nextAt;
}

/// <summary>Another place from which probes run, as it was heard of last.</summary>
public sealed class ProbeLocation
{
    private ProbeLocation() { }

    public ProbeLocation(string name) => Name = name;

    public string Name { get; private set; } = "";

    /// <summary>Of the program there.</summary>
    public Guid? TokenId { get; private set; }

    public DateTimeOffset HeardAt { get; private set; }

    /// <summary>How far its clock is ahead of the portal's, in seconds.</summary>
    public double ClockAhead { get; private set; }

    /// <summary>Results that it could not keep while the portal was away.</summary>
    public long Dropped { get; private set; }

    public void Hear(Guid? token, DateTimeOffset now, double? clockAhead = null, long? dropped = null) =>
        (TokenId, HeardAt, ClockAhead, Dropped) = (token, now, clockAhead ?? ClockAhead, dropped ?? Dropped);
}
