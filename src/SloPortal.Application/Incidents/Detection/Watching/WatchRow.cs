using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>Something that is watched, or was.</summary>
/// <param name="Reason">Why, a sentence with the figures.</param>
/// <param name="Sli">With <paramref name="Segment"/> of an outlying segment.</param>
/// <param name="PValue">How likely chance alone is to bring so many or more; null where nothing was computed, as are all figures.</param>
/// <param name="Limit">The p-value from which on a look finds something.</param>
/// <param name="Burn">Times as fast as the budget lasts.</param>
/// <param name="FalseAlarms">How often chance alone finds such a thing, in words.</param>
/// <param name="LookedFrom">What the last look looked at.</param>
/// <param name="Incident">Number of the incident that it became; null where there is none, or none that the reader may see.</param>
/// <param name="MayDecide">The reader may prolong, dismiss and give it away.</param>
public sealed record WatchRow(
    Guid Id, WatchKind Kind, WatchState State, string Title, string Reason, string Service, string ServiceName, string? Objective, int? Sli, int? Segment,
    double? Observed, double? Expected, double? Dispersion, double? PValue, double? Limit, double? Burn, string FalseAlarms, DateTimeOffset? LookedFrom, DateTimeOffset? LookedTo, int TimesFound,
    Guid? OwnerId, string? Owner, DateTimeOffset Since, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt, string? EndedBy, int? Incident, bool MayDecide)
{
    internal static async Task<List<WatchRow>> ReadAsync(PortalDbContext db, IQueryable<WatchItem> items, Actor actor, CancellationToken ct)
    {
        var visible = db.IncidentsFor(actor);
        var rows = await (from w in items.AsNoTracking()
                          join s in db.Services on w.ServiceId equals s.Id
                          select new
                          {
                              w, s.Slug, s.Name, s.OwnerTeamId,
                              Objective = db.Objectives.Where(o => o.Id == w.ObjectiveId).Select(o => o.Slug).SingleOrDefault(),
                              Owner = db.Users.Where(p => p.Id == w.OwnerId).Select(p => p.DisplayName).SingleOrDefault(),
                              Incident = visible.Where(i => i.Id == w.IncidentId).Select(i => (int?)i.Number).SingleOrDefault(),
                          }).ToListAsync(ct);
        return rows.ConvertAll(r => new WatchRow(
            r.w.Id, r.w.Kind, r.w.State, r.w.Title, r.w.Reason, r.Slug, r.Name, r.Objective, r.w.SliId, r.w.SegmentId, r.w.Observed, r.w.Expected, r.w.Dispersion, r.w.PValue, r.w.Limit, r.w.Burn,
            Domain.Incidents.Detection.Watching.FalseAlarms.Words(r.w.Kind), r.w.LookedFrom, r.w.LookedTo, r.w.TimesFound, r.w.OwnerId, r.Owner, r.w.Since, r.w.ExpiresAt, r.w.EndedAt, r.w.EndedByName, r.Incident,
            actor.May(Permission.RunIncidents) || (actor.May(Permission.Respond) && (actor.TeamIds.Contains(r.OwnerTeamId) || (r.w.OwnerId is { } owner && owner == actor.PersonId)))));
    }
}
