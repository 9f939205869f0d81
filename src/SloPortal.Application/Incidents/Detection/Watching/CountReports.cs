using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Application.Incidents.Detection.Watching;

/// <summary>Counts every quarter of an hour what people reported within the last hour, against what is usual at that hour of the week.</summary>
internal sealed class CountReports(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts) : IPass
{
    private static readonly Actor Portal = Actor.System("watch");

    public string Name => "count-reports";

    public TimeSpan Every => FalseAlarms.ReportLooksEvery;

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var end = MinuteClock.Floor(now, FalseAlarms.ReportLooksEvery);
        var (hour, from) = (end.AddHours(-1), end - UnusualReports.Back);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var services = await (from service in db.Services.AsNoTracking()
                              where service.ArchivedAt == null && db.Signals.Any(s => s.Origin == SignalOrigin.Report && s.ServiceId == service.Id && s.FirstReceivedAt >= hour && s.FirstReceivedAt < end)
                              select new { service.Id, service.Name, service.CreatedAt }).ToListAsync(ct);
        if (services.Count == 0)
            return;
        Guid[] ids = [.. services.Select(s => s.Id)];
        var rows = await db.Database.SqlQuery<ReportHour>(
            $"""
            SELECT service_id, (ceil(extract(epoch FROM {end} - first_received_at) / 3600) - 1)::integer AS hours_ago, count(*)::integer AS people
            FROM signals WHERE origin = 'Report' AND service_id = ANY({ids}) AND first_received_at >= {from} AND first_received_at < {end}
            GROUP BY 1, 2
            """).ToListAsync(ct);
        var counted = rows.ToLookup(r => r.ServiceId);
        foreach (var service in services)
        {
            if (UnusualReports.Look(counted[service.Id].ToDictionary(r => r.HoursAgo, r => r.People), service.CreatedAt, end) is { } finding)
                await new FoundDegradation(new(WatchKind.Reports, service.Id), $"{service.Name}: reports of problems", finding).TakeAsync(work, contexts, Portal, ct);
        }
    }

    private sealed record ReportHour(Guid ServiceId, int HoursAgo, int People);
}
