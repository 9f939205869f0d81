namespace SloPortal.Domain.Incidents.Response.WarRooms;

/// <summary>That somebody had the page of an incident open while it had a war room.</summary>
/// <param name="ArrivedAt">The first time.</param>
/// <param name="SeenAt">The last time that the page said so.</param>
public sealed record Attendance(Guid IncidentId, Guid PersonId, DateTimeOffset ArrivedAt, DateTimeOffset SeenAt)
{
    /// <summary>How often an open page says that it is open.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <summary>Whoever was seen so recently is here; two pages' words may be lost on a bad line.</summary>
    public static readonly TimeSpan Lasts = 3 * Every;

    public bool IsHereAt(DateTimeOffset now) => now - SeenAt < Lasts;
}
