using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>Gathers what a typed line is read against.</summary>
internal static class LineReader
{
    /// <summary>A line that waited for a connection was typed so long ago; beyond a week somebody's clock is wrong.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    /// <param name="zone">IANA id of the writer's zone; what nobody knows is UTC.</param>
    public static async Task<LineContext> ContextAsync(
        PortalDbContext db, string line, IncidentStatus status, Actor actor, string? zone, TimeSpan typedAgo, DateTimeOffset now, CancellationToken ct)
    {
        var people = line.Contains("/role", StringComparison.OrdinalIgnoreCase)
            ? await db.Users.AsNoTracking().Where(p => p.DisabledAt == null).OrderBy(p => p.DisplayName).Select(p => new LinePerson(p.Id, p.DisplayName)).ToListAsync(ct)
            : [];
        var waited = typedAgo < TimeSpan.Zero ? TimeSpan.Zero : typedAgo > LongestWait ? LongestWait : typedAgo;
        return new LineContext(now - waited, ZoneOf(zone ?? actor.TimeZone), status, people, people.FirstOrDefault(p => p.Id == actor.PersonId));
    }

    public static TimeZoneInfo ZoneOf(string? id) =>
        id is { Length: > 0 and <= 64 } && !id.Contains("..", StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
