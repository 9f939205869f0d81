using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>An SLI that measures the same as another.</summary>
/// <param name="Id">Of the measurement.</param>
/// <param name="SliId">The SLI that is measured otherwise too.</param>
/// <param name="OtherSliId">By which.</param>
/// <param name="OpenFindings">What they do not agree about now.</param>
public sealed record MeasurementRow(
    Guid Id, int SliId, string SliName, int OtherSliId, string OtherName, string OtherService, string OtherServiceName, decimal TolerancePoints, int AfterHours, int GapHours,
    string Reason, string AddedBy, DateTimeOffset AddedAt, int OpenFindings);

/// <summary>An SLI of which it could be said that it measures the same.</summary>
public sealed record MeasurementChoice(int Id, string Name, string ServiceName);

/// <param name="Others">By what else the SLI is measured.</param>
/// <param name="Of">Which SLIs it is another measurement of.</param>
/// <param name="Choices">SLIs of the same service first; empty where the actor may not change the SLI.</param>
public sealed record MeasurementList(IReadOnlyList<MeasurementRow> Others, IReadOnlyList<MeasurementRow> Of, IReadOnlyList<MeasurementChoice> Choices);

/// <summary>By what else an SLI is measured.</summary>
public sealed record ListMeasurements(int SliId)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<MeasurementList>> HandleAsync(ListMeasurements request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var owner = await (from sli in db.Slis
                               join service in db.Services on sli.ServiceId equals service.Id
                               where sli.Id == request.SliId
                               select new { sli.ServiceId, service.OwnerTeamId, sli.ArchivedAt }).SingleOrDefaultAsync(ct);
            if (owner is null)
                return Refusal.NotFound("The SLI");
            var rows = await (from m in db.SliMeasurements.AsNoTracking()
                              join sli in db.Slis on m.SliId equals sli.Id
                              join other in db.Slis on m.OtherSliId equals other.Id
                              join service in db.Services on other.ServiceId equals service.Id
                              where m.RemovedAt == null && (m.SliId == request.SliId || m.OtherSliId == request.SliId)
                              orderby m.AddedAt
                              select new MeasurementRow(
                                  m.Id, m.SliId, sli.Name, m.OtherSliId, other.Name, service.Slug, service.Name, m.TolerancePoints, m.AfterHours, m.GapHours, m.Reason, m.AddedByName, m.AddedAt,
                                  db.MeasurementFindings.Count(f => f.MeasurementId == m.Id && f.State == FindingState.Open))).ToListAsync(ct);
            var others = rows.Where(r => r.SliId == request.SliId).ToList();
            var taken = others.Select(o => o.OtherSliId).Append(request.SliId).ToList();
            var choices = owner.ArchivedAt is null && actor.MayChangeFor(owner.OwnerTeamId)
                ? await (from sli in db.Slis.AsNoTracking()
                         join service in db.Services on sli.ServiceId equals service.Id
                         where sli.ArchivedAt == null && !taken.Contains(sli.Id)
                         orderby sli.ServiceId == owner.ServiceId ? 0 : 1, service.Name, sli.Name
                         select new MeasurementChoice(sli.Id, sli.Name, service.Name)).ToListAsync(ct)
                : [];
            return new MeasurementList(others, [.. rows.Where(r => r.OtherSliId == request.SliId)], choices);
        }
    }
}
