using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.OnCall;

public enum OnCallBy
{
    Layer,
    Swap,
    Override,
}

/// <summary>That somebody is on call for a stretch of time, and by what.</summary>
/// <param name="To">Exclusive.</param>
/// <param name="LayerId">Null for an override.</param>
/// <param name="Index">The number of the shift in its layer; several stretches belong to one shift where its hours have pauses.</param>
/// <param name="InsteadOf">Who gave it away, for a swap.</param>
public sealed record OnCallShift(
    DateTimeOffset From, DateTimeOffset To, Guid PersonId, OnCallBy By, Guid? LayerId = null, long? Index = null, Guid? InsteadOf = null, Guid? OverrideId = null)
{
    public Interval Stretch => new(From, To);

    /// <summary>Whether it is a part of the same shift, taken by the same person.</summary>
    internal bool Continues(OnCallShift earlier) => earlier with { From = From, To = To } == this && earlier.To == From;
}

/// <summary>How long somebody stays on call, over all shifts that follow one another.</summary>
/// <param name="Until">Null where no end is in sight.</param>
public sealed record OnCallStretch(Guid PersonId, DateTimeOffset From, DateTimeOffset? Until, OnCallShift Shift);
