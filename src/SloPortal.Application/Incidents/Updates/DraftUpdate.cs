using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>A service that an update can tell of.</summary>
/// <param name="Name">As the first status page that shows it calls it, else as it is called here.</param>
/// <param name="StatusPages">Slugs of the pages that show it.</param>
/// <param name="Condition">As the last update told it; degraded where the incident touches it and nothing was told yet.</param>
public sealed record DraftService(string Slug, string Name, IReadOnlyList<string> StatusPages, ServiceCondition Condition);

/// <param name="IsProposed">It shows a service that the incident touches, or had the last update.</param>
public sealed record DraftPage(string Slug, string Title, bool IsPublic, bool NeedsApproval, bool IsProposed);

/// <summary>What an update begins with; the writer changes it.</summary>
/// <param name="Bodies">By state.</param>
/// <param name="State">That usually follows.</param>
public sealed record UpdateDraft(
    ToldState State, string Title, IReadOnlyDictionary<ToldState, string> Bodies, IReadOnlyList<DraftPage> StatusPages, IReadOnlyList<DraftService> Services, DateTimeOffset? NextUpdateAt);

/// <summary>Begins an update from the templates: states, titles and texts with the services' public names and the times filled in.</summary>
/// <param name="Incident">Number.</param>
public sealed record DraftUpdate(int Incident)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<UpdateDraft>> HandleAsync(DraftUpdate request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor).AsNoTracking();
            if (await visible.Include(i => i.Services).SingleOrDefaultAsync(i => i.Number == request.Incident, ct) is not { } incident)
                return IncidentToChange.NotFound(request.Incident);
            var last = await UpdatesOf.Published(db, visible, incident.Id).FirstOrDefaultAsync(ct);
            // Of a restricted one nothing goes to a status page.
            var pages = incident.IsRestricted ? [] : await db.StatusPages.AsNoTracking().Where(p => p.ArchivedAt == null).OrderBy(p => p.Title).ToListAsync(ct);
            var touched = incident.ServiceIds;
            Guid[] ids = [.. touched.Union(pages.SelectMany(p => p.Services).Select(s => s.ServiceId))];
            var known = await db.Services.AsNoTracking().Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.Slug, s.Name }).ToListAsync(ct);
            var services = known.ConvertAll(s => (s.Id, s.Slug, Name: Outside(s.Id) ?? s.Name)).OrderByDescending(s => touched.Contains(s.Id)).ThenBy(s => s.Name, StringComparer.Ordinal).ToList();
            string[] names = [.. services.Where(s => touched.Contains(s.Id)).Select(s => s.Name)];
            var state = Next(incident, last?.Told);
            return new UpdateDraft(
                state, last?.Title ?? UpdateTemplates.Title(names),
                Enum.GetValues<ToldState>().ToDictionary(s => s, s => UpdateTemplates.Body(s, names, incident.StartedAt, incident.EndedAt)),
                pages.ConvertAll(p => new DraftPage(p.Slug, p.Title, p.Audience == StatusPageAudience.Everybody, p.NeedsApproval, last is null ? p.Services.Any(s => touched.Contains(s.ServiceId)) : last.StatusPages.Contains(p.Id))),
                services.ConvertAll(s => new DraftService(s.Slug, s.Name, [.. pages.Where(p => p.Services.Any(x => x.ServiceId == s.Id)).Select(p => p.Slug)], Condition(s.Id))),
                state == ToldState.Resolved ? null : clock.GetUtcNow() + UpdateCadence.Of(incident.Severity));

            string? Outside(Guid service) => pages.SelectMany(p => p.Services).FirstOrDefault(s => s.ServiceId == service)?.Name;

            ServiceCondition Condition(Guid service) => last is null
                ? touched.Contains(service) ? ServiceCondition.Degraded : ServiceCondition.Operational
                : last.Services.Where(s => s.ServiceId == service).Select(s => s.Condition).FirstOrDefault();
        }

        /// <summary>What usually follows: what the incident's status says, and never back from what was told.</summary>
        private static ToldState Next(Incident incident, ToldState? told) => incident.Status switch
        {
            IncidentStatus.Resolved or IncidentStatus.Closed => ToldState.Resolved,
            IncidentStatus.Mitigated => ToldState.Monitoring,
            IncidentStatus.Detected or IncidentStatus.Acknowledged => told is ToldState.Identified ? ToldState.Identified : ToldState.Investigating,
            _ => throw new InvalidOperationException($"Unknown status {incident.Status}."),
        };
    }
}
