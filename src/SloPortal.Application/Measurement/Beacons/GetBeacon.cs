using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Application.Measurement.Beacons;

/// <summary>What browsers reported of a page group over the last 24 hours, in views that reported.</summary>
public sealed record PageGroupRow(string Name, long Views, long ViewsWithError, long Loads, long FastLoads, double? MeanLoadMs, double? MeanFirstByteMs, long Errors, long Failed);

/// <summary>A beacon, how it is set, and what it counted.</summary>
/// <param name="MayChange">Whether the actor may change it.</param>
public sealed record BeaconDetails(
    int Id, string Name, string Key, string Service, string ServiceName, IReadOnlyList<string> Origins, double SampleRate, int FastMs, IReadOnlyList<PageGroup> Groups,
    int LoadSliId, int ViewSliId, IReadOnlyList<PageGroupRow> Pages, bool MayChange);

/// <summary>One beacon. Its key stands in every page that reports, so everybody who reads may see it.</summary>
public sealed record GetBeacon(int Id)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<BeaconDetails>> HandleAsync(GetBeacon request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from beacon in db.Beacons.AsNoTracking()
                               join source in db.Sources on beacon.SourceId equals source.Id
                               join service in db.Services on beacon.ServiceId equals service.Id
                               where beacon.SourceId == request.Id
                               select new { beacon, source.Name, service.Slug, ServiceName = service.Name, service.OwnerTeamId }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound("The beacon");
            var since = clock.GetUtcNowInMicroseconds().AddHours(-24);
            var pages = await db.BeaconHours.AsNoTracking().Where(h => h.SourceId == request.Id && h.Hour > since).GroupBy(h => h.PageGroup)
                .Select(g => new
                {
                    g.Key, Views = g.Sum(h => h.Views), WithError = g.Sum(h => h.ViewsWithError), Loads = g.Sum(h => h.Loads), Fast = g.Sum(h => h.FastLoads),
                    LoadMs = g.Sum(h => h.LoadMs), FirstByteMs = g.Sum(h => h.FirstByteMs), FirstBytes = g.Sum(h => h.FirstBytes), Errors = g.Sum(h => h.Errors), Failed = g.Sum(h => h.Failed),
                }).ToListAsync(ct);
            var b = found.beacon;
            return new BeaconDetails(
                b.SourceId, found.Name, b.Key, found.Slug, found.ServiceName, b.Origins, b.SampleRate, b.FastMs, b.Groups, b.LoadSliId, b.ViewSliId,
                [.. pages.OrderByDescending(p => p.WithError).ThenByDescending(p => p.Views).Select(p => new PageGroupRow(
                    p.Key, p.Views, p.WithError, p.Loads, p.Fast, p.Loads == 0 ? null : p.LoadMs / p.Loads, p.FirstBytes == 0 ? null : p.FirstByteMs / p.FirstBytes, p.Errors, p.Failed))],
                actor.MayChangeFor(found.OwnerTeamId));
        }
    }
}
