using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>What two measurements did not agree about.</summary>
/// <param name="Sentence">What was found, in words.</param>
/// <param name="MayClose">Whether the actor may close it now.</param>
public sealed record FindingRow(
    Guid Id, int SliId, string SliName, int OtherSliId, string OtherName, string ServiceName, FindingKind Kind, FindingState State, string Sentence, DateTimeOffset Since, DateTimeOffset LastHour, int Hours,
    double? LargestPoints, IReadOnlyList<FindingHour> Evidence, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string? ClosedBy, string? ClosedReason, bool MayClose);

/// <summary>Findings, the open ones first and then the newest: of an SLI, on whichever side of the pair it stands, or the open ones of the actor's teams.</summary>
/// <param name="SliId">Null asks for those that wait for the actor.</param>
/// <param name="Open">Only those.</param>
public sealed record ListFindings(int? SliId = null, bool Open = false)
{
    /// <summary>The most that one answer holds.</summary>
    private const int Most = 50;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<FindingRow[]>> HandleAsync(ListFindings request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (request.SliId is { } asked && !await db.Slis.AnyAsync(s => s.Id == asked, ct))
                return Refusal.NotFound("The SLI");
            var teams = actor.TeamIds.ToList();
            var open = request.Open || request.SliId is null;
            var found = await (from f in db.MeasurementFindings.AsNoTracking()
                               join m in db.SliMeasurements on f.MeasurementId equals m.Id
                               join sli in db.Slis on m.SliId equals sli.Id
                               join other in db.Slis on m.OtherSliId equals other.Id
                               join service in db.Services on sli.ServiceId equals service.Id
                               where (!open || f.State == FindingState.Open)
                                   && (request.SliId == null ? teams.Contains(service.OwnerTeamId) : m.SliId == request.SliId || m.OtherSliId == request.SliId)
                               orderby f.State == FindingState.Open ? 0 : 1, f.OpenedAt descending
                               select new { Finding = f, SliId = sli.Id, SliName = sli.Name, OtherId = other.Id, OtherName = other.Name, ServiceName = service.Name, service.OwnerTeamId }).Take(Most).ToListAsync(ct);
            return found.Select(f => new FindingRow(
                f.Finding.Id, f.SliId, f.SliName, f.OtherId, f.OtherName, f.ServiceName, f.Finding.Kind, f.Finding.State,
                FindingText.Of(f.Finding.Kind, f.Finding.Hours, f.Finding.LargestPoints, f.SliName, f.OtherName), f.Finding.Since, f.Finding.LastHour, f.Finding.Hours, f.Finding.LargestPoints, f.Finding.Evidence,
                f.Finding.OpenedAt, f.Finding.ClosedAt, f.Finding.ClosedByName, f.Finding.ClosedReason, f.Finding.State == FindingState.Open && actor.MayChangeFor(f.OwnerTeamId))).ToArray();
        }
    }
}
