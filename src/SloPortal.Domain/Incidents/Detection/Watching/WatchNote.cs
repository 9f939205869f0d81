namespace SloPortal.Domain.Incidents.Detection.Watching;

public enum WatchEvent
{
    /// <summary>A look found it, or a person put it on the list.</summary>
    Added,
    FoundAgain,
    Owned,
    Extended,
    Dismissed,
    Expired,
    Promoted,
}

/// <summary>One line of what happened to a watched thing. Append-only: the database refuses a change.</summary>
public sealed class WatchNote
{
    private WatchNote() { }

    internal WatchNote(Guid itemId, WatchEvent kind, string said, string byName, bool byPortal, DateTimeOffset at, string? clientKey, WatchFinding? finding)
    {
        ItemId = itemId;
        Event = kind;
        Said = said;
        ByName = byName;
        ByPortal = byPortal;
        At = at;
        ClientKey = clientKey;
        if (finding is not null)
            (Observed, Expected, PValue) = (finding.Judged.Observed, finding.Judged.Expected, finding.Judged.PValue);
    }

    /// <summary>In the order in which they were written.</summary>
    public long Id { get; private set; }

    public Guid ItemId { get; private set; }
    public WatchEvent Event { get; private set; }

    /// <summary>A sentence.</summary>
    public string Said { get; private set; } = "";

    /// <summary>As they were called then.</summary>
    public string ByName { get; private set; } = "";

    /// <summary>The portal saw it itself.</summary>
    public bool ByPortal { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The same key again is the same change.</summary>
    public string? ClientKey { get; private set; }

    /// <summary>Of a look; null for what people did.</summary>
    public double? Observed { get; private set; }
    public double? Expected { get; private set; }
    public double? PValue { get; private set; }
}
