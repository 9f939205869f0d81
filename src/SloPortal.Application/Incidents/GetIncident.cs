using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Response;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>One incident. Opening a restricted one is recorded.</summary>
public sealed record GetIncident(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, BurnedBudgets burned, SensitiveReads reads, TimeProvider clock)
    {
        public async Task<Outcome<IncidentDetail>> HandleAsync(GetIncident request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor).AsNoTracking();
            if (await visible.Where(i => i.Number == request.Number).WithParts().SingleOrDefaultAsync(ct) is not { } incident)
                return IncidentToChange.NotFound(request.Number);
            if (incident.IsRestricted)
                await reads.RecordAsync(actor, "incident.read", "incident", incident.Id, IncidentToChange.Named(incident), ct);

            var merged = await visible.Where(i => i.MergedIntoId == incident.Id || i.Id == incident.MergedIntoId).OrderBy(i => i.Number)
                .Select(i => new { i.Id, i.Number, i.Title }).ToListAsync(ct);
            var names = await NamesAsync(db, incident, ct);
            var next = incident.IsMerged ? [] : IncidentStatusRules.Next(incident.Status);
            return new IncidentDetail(
                incident.Id, incident.Number, incident.Code, incident.Title, incident.Summary, incident.Status, incident.Severity,
                incident.StartedAt, incident.EndedAt, incident.ImpactAt(now).Length.TotalSeconds, incident.UsersAffected,
                names.GetValueOrDefault(incident.DeclaredBy, "SloPortal"), incident.DeclaredAt,
                incident.AcknowledgedAt, incident.MitigatedAt, incident.ResolvedAt, incident.ClosedAt, incident.WarRoomOpenedAt, incident.WarRoomClosedAt,
                incident.IsRestricted, [.. incident.Readers.Select(r => Person(r.PersonId)).OrderBy(p => p.Name, StringComparer.CurrentCulture)],
                merged.Where(m => m.Id == incident.MergedIntoId).Select(m => Name(m.Number, m.Title)).FirstOrDefault(), incident.MergedAt,
                [.. merged.Where(m => m.Id != incident.MergedIntoId).Select(m => Name(m.Number, m.Title))],
                await ServicesAsync(db, incident, ct), await burned.OfAsync(incident, now, ct), await AlertsAsync(db, incident, ct),
                [.. Enum.GetValues<IncidentRole>().Select(role => new IncidentRoleRow(role, incident.HolderOf(role) is { } holder ? Person(holder) : null))],
                next, await ListSeverityLevels.ReadAsync(db, ct),
                new IncidentPowers(actor.May(Permission.Respond) && !incident.IsMerged, incident.MayBeRunBy(actor) && !incident.IsMerged), now, incident.Version);

            IncidentPerson Person(Guid id) => new(id, names[id]);
        }

        private static IncidentName Name(int number, string title) => new(number, Incident.CodeOf(number), title);

        private static Task<Dictionary<Guid, string>> NamesAsync(PortalDbContext db, Incident incident, CancellationToken ct)
        {
            Guid[] people = [incident.DeclaredBy, .. incident.Readers.Select(r => r.PersonId), .. incident.Roles.Select(r => r.PersonId)];
            return db.Users.AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
        }

        private static Task<List<AffectedService>> ServicesAsync(PortalDbContext db, Incident incident, CancellationToken ct)
        {
            var ids = incident.ServiceIds;
            return db.Services.AsNoTracking().Where(s => ids.Contains(s.Id)).OrderBy(s => s.Name)
                .Join(db.Teams, s => s.OwnerTeamId, t => t.Id, (s, t) => new AffectedService(s.Slug, s.Name, t.Name)).ToListAsync(ct);
        }

        private static async Task<List<JoinedAlert>> AlertsAsync(PortalDbContext db, Incident incident, CancellationToken ct)
        {
            var ids = incident.Alerts.ConvertAll(a => a.AlertId);
            var rows = await (from a in db.Alerts.AsNoTracking()
                              join o in db.Objectives on a.ObjectiveId equals o.Id
                              join s in db.Services on o.ServiceId equals s.Id
                              where ids.Contains(a.Id)
                              orderby a.FiredAt descending
                              select new { a, Service = s.Slug, o.Slug, o.Name }).ToListAsync(ct);
            return rows.ConvertAll(r => new JoinedAlert(
                r.a.Id, r.Service, r.Slug, r.Name, r.a.Severity, (int)r.a.LongWindow.TotalMinutes, r.a.Factor, r.a.LongBurn, r.a.FiredAt, r.a.ResolvedAt));
        }
    }
}
