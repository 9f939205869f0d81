using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage.Collecting;

/// <summary>Deployments of the incident's services and of what they need, from some hours before it began until now.</summary>
internal sealed class RecentChanges(IDbContextFactory<PortalDbContext> contexts) : ITriageCollector
{
    /// <summary>Product policy.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromHours(6);

    private const int MostRead = 500;
    private const int MostTold = 5;

    public TriageQuestion Question => TriageQuestion.Changes;

    public TriageQuery QueryOf(TriageSubject subject) =>
        subject.Query($"deployments of {subject.Names} and dependencies, up to {TriageSubject.MostHops} steps away", subject.Began - Before);

    public async Task<TriageFinding> CollectAsync(TriageSubject subject, CancellationToken ct)
    {
        var query = QueryOf(subject);
        Guid[] services = [.. subject.Hops.Keys];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.Deployments.AsNoTracking().Where(d => services.Contains(d.ServiceId) && d.DeployedAt >= query.From && d.DeployedAt <= query.To)
            .OrderByDescending(d => d.DeployedAt).Take(MostRead).Join(db.Services, d => d.ServiceId, s => s.Id, (d, s) => new { d.Id, d.DeployedAt, d.Version, d.Environment, d.ServiceId, Service = s.Name }).ToListAsync(ct);
        if (found.Count == 0)
            return subject.Nothing(Question, $"Nothing was deployed in the {HumanDuration.Text(Before)} before it began, nor since.", query);
        var ranked = ChangeCloseness.Rank(found.Select(d => new NearChange(d.Id, d.DeployedAt, subject.Hops[d.ServiceId], d.Environment == "production")), subject.Began);
        var first = found.Find(d => d.Id == ranked[0].Change.Id)!;
        var early = ranked.Count(c => c.Closeness > 0);
        var said = early > 0
            ? $"Closest change: {first.Service} {first.Version} to {first.Environment}, {ranked[0].Why}."
            : "Nothing was deployed shortly before it began; what was deployed since cannot have begun it.";
        return subject.Found(Question, said + (found.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" {(found.Count == MostRead ? "At least " : "")}{found.Count} changes in all, {early} of them before it began.") : ""),
            [.. ranked.Take(MostTold).Select(c => new TriageItem(new(EvidenceKind.Deployment, c.Change.Id.ToString()), c.Why, c.Closeness > 0))], query);
    }
}
