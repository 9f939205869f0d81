namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>A secret address at which a calendar program reads shifts: those of one person, or all of a schedule.</summary>
public sealed class CalendarFeed
{
    private CalendarFeed() { }

    /// <param name="personId">Who made it; it ends with their account.</param>
    /// <param name="scheduleId">Null for the person's own shifts.</param>
    /// <param name="secretHash">SHA-256; the secret itself is not kept.</param>
    public CalendarFeed(Guid id, Guid personId, Guid? scheduleId, byte[] secretHash, DateTimeOffset createdAt)
    {
        Id = id;
        PersonId = personId;
        ScheduleId = scheduleId;
        SecretHash = secretHash;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid? ScheduleId { get; private set; }
    public byte[] SecretHash { get; private set; } = [];
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
