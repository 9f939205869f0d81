using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>The updates of incidents, those of what was merged into them among their own.</summary>
internal static class UpdatesOf
{
    /// <summary>Those that were published, the newest first.</summary>
    public static IQueryable<IncidentUpdate> Published(PortalDbContext db, IQueryable<Incident> visible, Guid incident) =>
        db.IncidentUpdates.AsNoTracking().Where(u => u.State == UpdateState.Published && visible.Any(i => i.Id == u.IncidentId && (i.Id == incident || i.MergedIntoId == incident)))
            .OrderByDescending(u => u.PublishedAt).ThenByDescending(u => u.Id);

    /// <summary>Of which stakeholders may have to hear.</summary>
    public static IQueryable<Incident> Open(IQueryable<Incident> incidents) =>
        incidents.Where(i => i.MergedIntoId == null && i.Status != IncidentStatus.Resolved && i.Status != IncidentStatus.Closed);

    /// <summary>When the next update of each is due, in the order given.</summary>
    public static async Task<List<IncidentDue>> DueAsync(PortalDbContext db, IQueryable<Incident> visible, IQueryable<Incident> asked, CancellationToken ct)
    {
        var incidents = await asked.Select(i => new { i.Id, i.Number, i.Status, i.Severity, i.DeclaredAt }).ToListAsync(ct);
        var last = await LastAsync(db, visible, incidents.ConvertAll(i => i.Id), ct);
        return incidents.ConvertAll(i =>
        {
            var told = last.GetValueOrDefault(i.Id);
            return new IncidentDue(i.Id, i.Number, i.Severity, UpdateCadence.Due(IncidentStatusRules.IsOpen(i.Status), i.Severity, i.DeclaredAt, told), told?.PublishedAt);
        });
    }

    /// <summary>What tells when the next is due, by incident; none where nothing was published.</summary>
    public static async Task<IReadOnlyDictionary<Guid, LastUpdate>> LastAsync(PortalDbContext db, IQueryable<Incident> visible, IReadOnlyCollection<Guid> incidents, CancellationToken ct)
    {
        var rows = await (from u in db.IncidentUpdates.AsNoTracking().Where(u => u.State == UpdateState.Published)
                          join i in visible on u.IncidentId equals i.Id
                          let story = i.MergedIntoId ?? i.Id
                          where incidents.Contains(story)
                          select new { story, u.Told, u.PublishedAt, u.NextUpdateAt }).ToListAsync(ct);
        return rows.GroupBy(r => r.story).ToDictionary(g => g.Key, g => g.MaxBy(r => r.PublishedAt)!).ToDictionary(p => p.Key, p => new LastUpdate(p.Value.Told, p.Value.PublishedAt!.Value, p.Value.NextUpdateAt));
    }
}

/// <param name="LastAt">When stakeholders heard of it last; null where they never did.</param>
internal sealed record IncidentDue(Guid Id, int Number, IncidentSeverity Severity, UpdateDue Due, DateTimeOffset? LastAt);
