using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SloPortal.Application.Incidents.Triage;
using SloPortal.Application.Incidents.Triage.Collecting;
using SloPortal.Data;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Incidents.Triage;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>What tells whether the automation of an incident stops: how its services stand, and those near them.</summary>
internal sealed partial class AutomationReading(IDbContextFactory<PortalDbContext> contexts, ILogger<AutomationReading> logger)
{
    private const int MostProbes = 50;

    /// <summary>What a probe saw longer ago says nothing of now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>Never fails: where it cannot be looked up in time, that is the reason to stop.</summary>
    public async Task<IReadOnlyList<StopReason>> ReasonsAsync(Guid incident, DateTimeOffset now, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(CollectTriage.Limit);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(limit.Token);
            return AutomationStop.Of(await ReadAsync(db, await TriageSubject.ReadAsync(db, incident, now, limit.Token), limit.Token));
        }
#pragma warning disable CA1031 // Whatever went wrong, no machine acts on what is not known.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotRead(logger, incident, e);
            return [AutomationStop.NotKnown];
        }
    }

    internal static async Task<IReadOnlyList<ServiceStanding>> ReadAsync(PortalDbContext db, TriageSubject subject, CancellationToken ct)
    {
        Guid[] near = [.. subject.Hops.Keys.Union(subject.Above.Keys)];
        var names = await db.Services.AsNoTracking().Where(s => near.Contains(s.Id) && s.ArchivedAt == null).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var objectives = await (from o in db.Objectives.AsNoTracking()
                                where near.Contains(o.ServiceId) && o.ArchivedAt == null
                                join b in db.BudgetStates on o.Id equals b.ObjectiveId into states
                                from b in states.DefaultIfEmpty()
                                select new
                                {
                                    o.ServiceId,
                                    Standing = (BudgetStanding?)b.Standing,
                                    Burn = b.BurnLastHour,
                                    Fires = db.Alerts.Any(a => a.ObjectiveId == o.Id && a.ResolvedAt == null),
                                    Pages = db.Alerts.Any(a => a.ObjectiveId == o.Id && a.ResolvedAt == null && a.Severity == AlertSeverity.Page),
                                }).ToListAsync(ct);
        var health = objectives.ToLookup(o => o.ServiceId, o => (o.Pages, Health: new DependencyHealth(o.Standing ?? BudgetStanding.NoData, o.Fires, o.Burn)));
        var probes = await ProbesAsync(db, subject, ct);
        return [.. names.Select(s => new ServiceStanding(
            s.Value, subject.Hops.GetValueOrDefault(s.Key, -1) == 0, subject.Hops.GetValueOrDefault(s.Key) > 0, health[s.Key].Any(o => o.Pages), health[s.Key].Any(o => o.Health.IsUnwell),
            health[s.Key].Any(o => o.Health.IsKnown), Count(s.Key, ProbeOutcome.Good), Count(s.Key, ProbeOutcome.Failed),
            probes[s.Key].Count(o => o is not (ProbeOutcome.Good or ProbeOutcome.Failed))))];

        int Count(Guid service, ProbeOutcome outcome) => probes[service].Count(o => o == outcome);
    }

    /// <summary>What each probe of the incident's services saw last from each of its locations; null where it says nothing of now.</summary>
    private static async Task<ILookup<Guid, ProbeOutcome?>> ProbesAsync(PortalDbContext db, TriageSubject subject, CancellationToken ct)
    {
        var (services, since) = (subject.ServiceIds, subject.Now - Fresh);
        var probes = await (from p in db.Probes.AsNoTracking()
                            join sli in db.Slis on p.SliId equals sli.Id
                            join source in db.Sources on p.SourceId equals source.Id
                            where services.Contains(sli.ServiceId) && source.PausedAt == null
                            orderby p.SourceId
                            select new { sli.ServiceId, p.SourceId, p.Locations }).Take(MostProbes).ToListAsync(ct);
        int[] ids = [.. probes.Select(p => p.SourceId)];
        var last = (await db.ProbeResults.AsNoTracking().Where(r => ids.Contains(r.SourceId) && r.At >= since)
                .GroupBy(r => new { r.SourceId, r.Location }).Select(g => g.OrderByDescending(r => r.At).Select(r => new { r.SourceId, r.Location, r.Outcome }).First()).ToListAsync(ct))
            .ToDictionary(r => (r.SourceId, r.Location), r => r.Outcome);
        return probes.SelectMany(p => p.Locations.Select(l => (p.ServiceId, Seen: last.TryGetValue((p.SourceId, l), out var seen) ? seen : (ProbeOutcome?)null)))
            .ToLookup(p => p.ServiceId, p => p.Seen);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "How the services of the incident {Incident} stand could not be looked up, so its steps stop")]
    private static partial void NotRead(ILogger logger, Guid incident, Exception e);
}
