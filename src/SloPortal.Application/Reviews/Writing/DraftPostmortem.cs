using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>Begins the postmortem of an incident, with what the portal knows of it filled in. An incident has one.</summary>
/// <param name="IncidentNumber">42 of "INC-42".</param>
/// <returns>The number of the postmortem.</returns>
public sealed record DraftPostmortem(int IncidentNumber)
{
    public sealed class Handler(UnitOfWork work, BurnedBudgets burned)
    {
        public Task<Outcome<int>> HandleAsync(DraftPostmortem request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DraftPostmortem, int>(request, actor, Permission.Respond, async change =>
            {
                var incident = await change.Db.IncidentsFor(actor).AsNoTracking().AsSplitQuery()
                    .Include(i => i.Services).Include(i => i.Objectives).Include(i => i.Alerts)
                    .SingleOrDefaultAsync(i => i.Number == request.IncidentNumber, ct);
                if (incident is null)
                    return Refusal.NotFound($"The incident {Incident.CodeOf(request.IncidentNumber)}");
                if (incident.IsMerged)
                    return Incident.MustNotBeMerged();
                var known = await change.Db.Postmortems.Where(p => p.IncidentId == incident.Id).Select(p => (int?)p.Number).SingleOrDefaultAsync(ct);
                if (known is { } number)
                    return Refusal.Conflict($"{incident.Code} has its postmortem already: {Postmortem.CodeOf(number)}.");
                var text = PostmortemDraft.Compose(await FactsAsync(change, incident, ct));
                return await NewPostmortem.AddAsync(
                    change, TextRules.Clean(text.Title, text.Summary, text.Body), incident.Id,
                    incident.Severity, incident.StartedAt, incident.EndedAt, incident.Services.Select(s => s.ServiceId), ct);
            }, ct);

        private async Task<PostmortemFacts> FactsAsync(Change change, Incident incident, CancellationToken ct)
        {
            var db = change.Db;
            // What was recorded in incidents that were merged into this one happened in it.
            var ids = await db.IncidentsFor(change.Actor).Where(i => i.Id == incident.Id || i.MergedIntoId == incident.Id).Select(i => i.Id).ToListAsync(ct);
            var entries = db.TimelineEntries.AsNoTracking().Where(e => ids.Contains(e.IncidentId));
            var said = await entries.Where(e => !EntryKinds.NotWhatHappened.Contains(e.Kind) && !entries.Any(later => later.SupersedesId == e.Id))
                .ToListAsync(ct);
            var clocks = await TimelineClocks.ReadAsync(db, [.. ids], null, ct);
            var timeline = said.Select(e => (Entry: e, clocks.TimeOf(incident.Id, TimedEntry.Of(e)).At)).OrderBy(e => e.At).ThenBy(e => e.Entry.RecordedAt).ThenBy(e => e.Entry.Number)
                .Select(e => new TimelineFact(e.At, e.Entry.Kind, e.Entry.Provenance, e.Entry.AuthorName, e.Entry.Body)).ToList();
            var serviceIds = incident.Services.Select(s => s.ServiceId).ToArray();
            var services = await db.Services.Where(s => serviceIds.Contains(s.Id)).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(ct);
            var attachments = await db.Attachments.Where(a => ids.Contains(a.IncidentId)).OrderBy(a => a.AddedAt).Select(a => a.FileName).ToListAsync(ct);
            var level = await db.SeverityLevels.SingleOrDefaultAsync(l => l.Severity == incident.Severity, ct);
            var declaredBy = await db.Users.Where(p => p.Id == incident.DeclaredBy).Select(p => p.DisplayName).SingleOrDefaultAsync(ct);
            var budgets = await burned.OfAsync(incident, change.Now, ct);
            return new PostmortemFacts(
                incident.Code, incident.Title, incident.Summary, level is null ? SeverityLevel.Code(incident.Severity) : $"{SeverityLevel.Code(incident.Severity)}, {level.Name.ToLowerInvariant()}",
                incident.StartedAt, incident.EndedAt, incident.DeclaredAt, incident.AcknowledgedAt, incident.MitigatedAt, incident.ResolvedAt,
                incident.UsersAffected, await AlertAsync(db, incident, ct), declaredBy ?? "SloPortal", services,
                [.. budgets.Select(b => new BudgetImpact(
                    $"{b.Name} of {b.ServiceName}", b.TargetPercent is { } percent ? $"{new ObjectiveTarget(percent)}" : "no target in force", b.Burned?.Bad, b.Burned?.Minutes, b.Burned?.Share))],
                timeline, attachments);
        }

        private static async Task<FoundByAlert?> AlertAsync(PortalDbContext db, Incident incident, CancellationToken ct)
        {
            var ids = incident.Alerts.Select(a => a.AlertId).ToArray();
            return await (from alert in db.Alerts
                          join objective in db.Objectives on alert.ObjectiveId equals objective.Id
                          join service in db.Services on objective.ServiceId equals service.Id
                          where ids.Contains(alert.Id) && alert.FiredAt <= incident.DeclaredAt
                          orderby alert.FiredAt
                          select new FoundByAlert(objective.Name + " of " + service.Name, alert.FiredAt)).FirstOrDefaultAsync(ct);
        }
    }
}
