using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>That somebody is on call for a stretch of time, whatever the layers say. It is tied to the clock.</summary>
public sealed class ShiftOverride
{
    private ShiftOverride() { }

    /// <param name="byId">Null where the portal did it.</param>
    public ShiftOverride(Guid id, Guid scheduleId, Guid personId, Interval stretch, string? reason, Guid? byId, string byName, DateTimeOffset createdAt)
    {
        Id = id;
        ScheduleId = scheduleId;
        PersonId = personId;
        StartsAt = stretch.Start;
        EndsAt = stretch.End;
        Reason = reason;
        ById = byId;
        ByName = byName;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public Guid ScheduleId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    public string? Reason { get; private set; }
    public Guid? ById { get; private set; }
    public string ByName { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>When it counts: until it ends or was removed.</summary>
    public Interval Stretch => new(StartsAt, RemovedAt is { } removed && removed < EndsAt ? (removed > StartsAt ? removed : StartsAt) : EndsAt);

    /// <summary>It counts no more from now on; what was stays.</summary>
    public void Remove(DateTimeOffset now) => RemovedAt ??= now;
}
