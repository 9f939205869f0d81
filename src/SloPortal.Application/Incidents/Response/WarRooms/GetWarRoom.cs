using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>Who is here, where they talk, and what is to do in an incident. Tasks are told also where there is no war room.</summary>
public sealed record GetWarRoom(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads, TimeProvider clock)
    {
        public async Task<Outcome<WarRoomRead>> HandleAsync(GetWarRoom request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.IncidentsFor(actor).AsNoTracking().Include(i => i.Roles).SingleOrDefaultAsync(i => i.Number == request.Number, ct) is not { } incident)
                return IncidentToChange.NotFound(request.Number);
            if (incident.IsRestricted)
                await reads.RecordAsync(actor, "incident.read", "incident", incident.Id, IncidentToChange.Named(incident), ct);
            var attendances = await db.Attendances.AsNoTracking().Where(a => a.IncidentId == incident.Id).OrderBy(a => a.ArrivedAt).ToListAsync(ct);
            var tasks = await db.IncidentTasks.AsNoTracking().Where(t => t.IncidentId == incident.Id).ToListAsync(ct);
            var teams = await db.Teams.AsNoTracking().Where(t => db.IncidentTasks.Any(k => k.IncidentId == incident.Id && k.TeamId == t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
            var names = await NamesAsync(db, [.. incident.Roles.Select(r => r.PersonId), .. attendances.Select(a => a.PersonId), .. tasks.SelectMany(People)], ct);
            return new WarRoomRead(
                incident.Id, incident.WarRoomOpenedAt, incident.WarRoomClosedAt, incident.CallLink,
                [.. attendances.Select(a => new Attendant(Person(a.PersonId), [.. incident.Roles.Where(r => r.PersonId == a.PersonId).Select(r => r.Role).Order()],
                    a.ArrivedAt, a.SeenAt, incident.HasWarRoom && a.IsHereAt(now)))],
                [.. tasks.OrderBy(t => t.Role).ThenBy(t => t.Place).Select(t => new TaskRow(t.Id, t.Title, t.Role, (t.IsStep ? incident.HolderOf(t.Role!.Value) : t.AssigneeId) is { } who ? Person(who) : null,
                    t.State, t.MovedBy is { } by ? Person(by).Name : null, t.MovedAt, Person(t.AddedBy).Name, t.AddedAt, t.TeamId is { } team ? teams[team] : null))],
                actor.May(Permission.Respond) && !incident.IsMerged, incident.MayBeRunBy(actor) && !incident.IsMerged, now);

            IncidentPerson Person(Guid id) => new(id, names.GetValueOrDefault(id, "SloPortal"));
        }

        private static IEnumerable<Guid> People(IncidentTask task) => new[] { task.AssigneeId, task.MovedBy, task.AddedBy }.OfType<Guid>();

        private static Task<Dictionary<Guid, string>> NamesAsync(PortalDbContext db, Guid[] people, CancellationToken ct) =>
            db.Users.AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
    }
}

/// <param name="OpenedAt">Null where there never was a war room.</param>
/// <param name="ClosedAt">Null while it is open.</param>
/// <param name="CallLink">Where people talk.</param>
/// <param name="People">Who has or had the page open while there was a war room, the first to come first.</param>
/// <param name="Tasks">What was asked for, and the steps of each role's checklist, in their order.</param>
/// <param name="MayWrite">The reader may add and end tasks.</param>
/// <param name="MayRun">The reader decides here.</param>
public sealed record WarRoomRead(
    Guid IncidentId, DateTimeOffset? OpenedAt, DateTimeOffset? ClosedAt, string? CallLink, IReadOnlyList<Attendant> People, IReadOnlyList<TaskRow> Tasks, bool MayWrite, bool MayRun, DateTimeOffset ReadAt)
{
    public bool IsOpen => OpenedAt is not null && ClosedAt is null;
}

/// <param name="Roles">Which they hold now.</param>
/// <param name="SeenAt">The last time.</param>
/// <param name="IsHere">Now.</param>
public sealed record Attendant(IncidentPerson Person, IReadOnlyList<IncidentRole> Roles, DateTimeOffset ArrivedAt, DateTimeOffset SeenAt, bool IsHere);

/// <param name="Role">Of whose checklist it is a step; null for what somebody asked for.</param>
/// <param name="Assignee">Who has it; of a step, whoever holds the role.</param>
/// <param name="MovedBy">Who ended it, or opened it again, last.</param>
/// <param name="Team">To whose part it belongs; null where to none in particular.</param>
public sealed record TaskRow(
    Guid Id, string Title, IncidentRole? Role, IncidentPerson? Assignee, TaskState State, string? MovedBy, DateTimeOffset? MovedAt, string AddedBy, DateTimeOffset AddedAt, string? Team);
