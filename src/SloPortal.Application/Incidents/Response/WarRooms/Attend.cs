using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>
/// Says that a person has the page of an incident with a war room open; the page repeats it every <see cref="Attendance.Every"/>. It is no
/// change of the incident and stands in no audit: the row itself says when somebody came, and when they were seen last.
/// </summary>
public sealed record Attend(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, PortalEvents events, TimeProvider clock)
    {
        /// <returns>Nothing is done where there is no open war room.</returns>
        public async Task<Outcome<Done>> HandleAsync(Attend request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (actor.Kind != ActorKind.Person)
                return Done.Value;
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.IncidentsFor(actor).AsNoTracking().SingleOrDefaultAsync(i => i.Number == request.Number, ct) is not { } incident)
                return IncidentToChange.NotFound(request.Number);
            if (!incident.HasWarRoom)
                return Done.Value;
            var known = await db.Attendances.AsNoTracking().SingleOrDefaultAsync(a => a.IncidentId == incident.Id && a.PersonId == actor.PersonId, ct);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO incident_attendances (incident_id, person_id, arrived_at, seen_at) VALUES ({incident.Id}, {actor.PersonId}, {now}, {now})
                ON CONFLICT (incident_id, person_id) DO UPDATE SET seen_at = greatest(incident_attendances.seen_at, EXCLUDED.seen_at)
                """, ct);
            if (known is null || !known.IsHereAt(now))
            {
                var topic = WarRoomTopic.Of(incident.Id);
                await PortalEvents.PublishAsync(db, [topic], ct);
                events.Deliver([topic]);
            }
            return Done.Value;
        }
    }
}
