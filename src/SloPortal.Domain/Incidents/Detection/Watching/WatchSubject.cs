namespace SloPortal.Domain.Incidents.Detection.Watching;

public enum WatchKind
{
    SlowBurn,
    OutlyingSegment,
    /// <summary>More reports of people than usual.</summary>
    Reports,
    /// <summary>A person put it there.</summary>
    ByHand,
}

public enum WatchState
{
    Watched,
    /// <summary>Somebody looked, and it is nothing.</summary>
    Dismissed,
    /// <summary>Nobody prolonged it.</summary>
    Expired,
    /// <summary>An incident was declared of it.</summary>
    Promoted,
}

/// <summary>What is watched.</summary>
/// <param name="SliId">Of a segment.</param>
public sealed record WatchSubject(WatchKind Kind, Guid ServiceId, Guid? ObjectiveId = null, int? SliId = null, int? SegmentId = null)
{
    /// <summary>Of which one is on the list at a time; null for what people put there, who may do so as they like.</summary>
    public string? Key => Kind switch
    {
        WatchKind.SlowBurn => $"slow-burn/{ObjectiveId:N}",
        WatchKind.OutlyingSegment => $"segment/{SegmentId}",
        WatchKind.Reports => $"reports/{ServiceId:N}",
        WatchKind.ByHand => null,
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
    };
}
