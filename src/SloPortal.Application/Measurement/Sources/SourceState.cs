namespace SloPortal.Application.Measurement.Sources;

/// <summary>How a source stands.</summary>
public enum SourceState
{
    /// <summary>Nothing came yet.</summary>
    Waiting,

    /// <summary>Something came within the last five minutes, or two intervals of a pull where these are longer.</summary>
    Arriving,

    /// <summary>Nothing came for longer than that.</summary>
    Stopped,

    /// <summary>The last pull failed.</summary>
    Failing,

    /// <summary>An administrator paused it.</summary>
    Paused,

    /// <summary>Files come when somebody brings them.</summary>
    Resting,
}

internal static class SourceStates
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static SourceState Of(DateTimeOffset? pausedAt, DateTimeOffset? lastArrivalAt, DateTimeOffset? lastErrorAt, TimeSpan? pullEvery, bool isOccasional, DateTimeOffset now)
    {
        var patience = pullEvery * 2 is { } two && two > Patience ? two : Patience;
        return pausedAt is not null ? SourceState.Paused
            : lastErrorAt is not null && lastErrorAt > (lastArrivalAt ?? DateTimeOffset.MinValue) && (pullEvery is not null || isOccasional) ? SourceState.Failing
            : lastArrivalAt is null ? SourceState.Waiting
            : isOccasional ? SourceState.Resting
            : now - lastArrivalAt > patience ? SourceState.Stopped
            : SourceState.Arriving;
    }
}
