namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>
/// That somebody takes a shift of somebody else, from a moment on. It is tied to the shift, not to the clock: where the hand-off moves, it moves
/// too. Swaps are only added; of several about one shift the latest counts, each from its moment on, so that who was on call stays known.
/// </summary>
public sealed class ShiftSwap
{
    private ShiftSwap() { }

    /// <param name="insteadOf">Who had the shift until then.</param>
    /// <param name="at">From when on; the part of the shift before it stays with who had it.</param>
    /// <param name="byId">Null where the portal did it.</param>
    public ShiftSwap(Guid id, Guid scheduleId, Guid layerId, long index, Guid personId, Guid insteadOf, DateTimeOffset at, Guid? byId, string byName, string? reason)
    {
        Id = id;
        ScheduleId = scheduleId;
        LayerId = layerId;
        Index = index;
        PersonId = personId;
        InsteadOf = insteadOf;
        At = at;
        ById = byId;
        ByName = byName;
        Reason = reason;
    }

    public Guid Id { get; private set; }
    public Guid ScheduleId { get; private set; }
    public Guid LayerId { get; private set; }

    /// <summary>The number of the shift in its layer.</summary>
    public long Index { get; private set; }

    public Guid PersonId { get; private set; }
    public Guid InsteadOf { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid? ById { get; private set; }
    public string ByName { get; private set; } = "";
    public string? Reason { get; private set; }
}
