using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>How those stand that the incident's services need and those that need them: burn of their objectives, outages of vendors, open incidents.</summary>
internal sealed class DependencyStates(IDbContextFactory<PortalDbContext> contexts) : ITriageCollector
{
    private const int MostRead = 500;
    private const int MostTold = 8;

    public TriageQuestion Question => TriageQuestion.Dependencies;

    public TriageQuery QueryOf(TriageSubject subject) =>
        subject.Query($"burn, alerts, outages and open incidents around {subject.Names}, up to {TriageSubject.MostHops} steps away", subject.Now - TimeSpan.FromHours(1));

    public async Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct)
    {
        var query = QueryOf(subject);
        Guid[] near = [.. subject.Hops.Where(h => h.Value > 0).Select(h => h.Key).Union(subject.Above.Keys)];
        if (near.Length == 0)
            return subject.Nothing(Question, $"No dependencies of {subject.Names} are declared, neither way.", query);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var objectives = await (from o in db.Objectives.AsNoTracking()
                                join s in db.Services on o.ServiceId equals s.Id
                                where near.Contains(o.ServiceId) && o.ArchivedAt == null && s.ArchivedAt == null
                                join b in db.BudgetStates on o.Id equals b.ObjectiveId into states
                                from b in states.DefaultIfEmpty()
                                orderby s.Name, o.Name
                                select new { o.ServiceId, Service = s.Slug, o.Slug, Standing = (BudgetStanding?)b.Standing, Burn = b.BurnLastHour, Fires = db.Alerts.Any(a => a.ObjectiveId == o.Id && a.ResolvedAt == null) })
            .Take(MostRead).ToListAsync(ct);
        // Restricted incidents are left out whoever reads: what is written here, everybody reads who may see this incident.
        var incidents = await db.Incidents.AsNoTracking()
            .Where(i => !i.IsRestricted && i.Id != subject.Id && i.MergedIntoId == null && i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed && i.Services.Any(s => near.Contains(s.ServiceId)))
            .OrderByDescending(i => i.StartedAt).Take(MostTold).Select(i => new { i.Id, Service = i.Services.Where(s => near.Contains(s.ServiceId)).Select(s => s.ServiceId).First() }).ToListAsync(ct);
        var outages = await (from o in db.VendorOutages.AsNoTracking()
                             join v in db.Vendors on o.VendorId equals v.Id
                             where near.Contains(v.Id) && o.WithdrawnAt == null && o.EndedAt == null
                             select new { v.Id, v.Slug }).Distinct().OrderBy(v => v.Slug).Take(MostTold).ToListAsync(ct);

        var judged = objectives.ConvertAll(o => (Objective: o, Health: new DependencyHealth(o.Standing ?? BudgetStanding.NoData, o.Fires, o.Burn)));
        List<(Guid Node, TriageItem Item)> unwell =
        [
            .. judged.Where(j => j.Health.IsUnwell).OrderBy(j => HopsOf(subject, j.Objective.ServiceId)).ThenByDescending(j => j.Health.Burn)
                .Select(j => (j.Objective.ServiceId, new TriageItem(new(EvidenceKind.Objective, $"{j.Objective.Service}/{j.Objective.Slug}", subject.Now), $"{Where(subject, j.Objective.ServiceId)}: {j.Health.Words}", true))),
            .. outages.Select(o => (o.Id, new TriageItem(new(EvidenceKind.Vendor, o.Slug), $"{Where(subject, o.Id)}: an outage lasts", true))),
            .. incidents.Select(i => (i.Service, new TriageItem(new(EvidenceKind.Incident, i.Id.ToString()), $"{Where(subject, i.Service)}: an open incident", true))),
        ];
        var (sick, blind) = (unwell.Select(u => u.Node).Distinct().ToList(), near.Count(n => judged.TrueForAll(j => j.Objective.ServiceId != n || !j.Health.IsKnown) && unwell.TrueForAll(u => u.Node != n)));
        var (below, above) = (sick.Count(subject.Hops.ContainsKey), sick.Count(s => !subject.Hops.ContainsKey(s)));
        var said = sick.Count == 0 ? near.Length == 1 ? "Its one dependency is not unwell." : $"None of {near.Length} dependencies is unwell." : $"{sick.Count} of {near.Length} dependencies {(sick.Count == 1 ? "is" : "are")} unwell: {below} of what it needs, {above} of what needs it.";
        return subject.Found(Question, said + (blind == 0 ? "" : $" Of {blind} nothing is measured at present."), [.. unwell.Select(u => u.Item).Take(MostTold)], query);
    }

    private static int HopsOf(TriageSubject subject, Guid node) => subject.Hops.TryGetValue(node, out var hops) ? hops : subject.Above[node];

    private static string Where(TriageSubject subject, Guid node) =>
        subject.Hops.TryGetValue(node, out var below) ? below == 1 ? "it needs this" : $"it needs this, {below} steps away"
        : subject.Above[node] == 1 ? "needs it" : $"needs it, {subject.Above[node]} steps away";
}
