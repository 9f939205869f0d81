using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets.Coverage;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Journeys;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Application.Budgets.Coverage;

/// <summary>An SLI that is to notice a class of failures.</summary>
/// <param name="LastMinute">The newest minute with data; null before the first.</param>
/// <param name="Objective">The objective in force that stands on it; null where none does.</param>
public sealed record CoverRow(int SliId, string Sli, string Service, DateTimeOffset? LastMinute, bool IsMeasured, CoverObjective? Objective);

/// <summary>An objective in force.</summary>
/// <param name="HasAlerts">Whether rules of its policy can fire for it.</param>
public sealed record CoverObjective(string Service, string Slug, string Name, bool HasAlerts);

/// <summary>Why nothing covers it, as somebody signed it.</summary>
public sealed record GapRow(string Reason, DateOnly ReviewOn, string SignedBy, DateTimeOffset SignedAt);

/// <summary>A class of failures of a journey.</summary>
public sealed record CoverageCell(FailureClass Failure, CoverageState State, IReadOnlyList<CoverRow> Covers, GapRow? Gap);

/// <summary>A service that a journey needs.</summary>
public sealed record JourneyService(string Slug, string Name, ServiceTier Tier);

/// <summary>A journey with what covers each class of its failures.</summary>
/// <param name="Tier">That of its most critical service.</param>
/// <param name="MayChange">Whether the reader acts for the team that owns it.</param>
public sealed record JourneyRow(
    string Slug, string Name, string Steps, ServiceTier Tier, string Team, string TeamName, IReadOnlyList<JourneyService> Services, int Position, uint Version,
    IReadOnlyList<CoverageCell> Cells, bool MayChange);

/// <summary>All journeys, the most critical first.</summary>
/// <param name="MayCreate">Whether the reader may add one.</param>
public sealed record CoverageMatrix(IReadOnlyList<JourneyRow> Journeys, bool MayCreate);

/// <summary>Which failures of which journeys anything would notice, and where nothing does.</summary>
public sealed record GetCoverage
{
    /// <summary>An SLI without data for so long is not measured.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, TimeProvider clock)
    {
        public async Task<Outcome<CoverageMatrix>> HandleAsync(GetCoverage request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNow();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var journeys = await (from journey in db.Journeys.AsNoTracking()
                                  join team in db.Teams on journey.OwnerTeamId equals team.Id
                                  where journey.ArchivedAt == null
                                  select new { Journey = journey, team.Slug, team.Name }).ToListAsync(ct);
            var services = await db.Services.AsNoTracking().Where(s => s.ArchivedAt == null).Select(s => new { s.Id, Row = new JourneyService(s.Slug, s.Name, s.Tier) }).ToDictionaryAsync(s => s.Id, s => s.Row, ct);
            var covers = await ReadCoversAsync(db, now, ct);
            var gaps = (await db.AcceptedGaps.AsNoTracking().Where(g => g.EndedAt == null).ToListAsync(ct)).ToDictionary(g => (g.JourneyId, g.Failure));
            return new CoverageMatrix(
                [.. journeys.Select(j => RowOf(j.Journey, j.Slug, j.Name))
                    .OrderBy(r => r.Tier).ThenByDescending(r => r.Cells.Any(c => c.State.IsGap())).ThenBy(r => r.Position).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase)],
                actor.May(Permission.OwnServices));

            JourneyRow RowOf(Journey journey, string team, string teamName)
            {
                var needs = journey.ServiceIds.Where(services.ContainsKey).Select(id => services[id]).OrderBy(s => s.Tier).ThenBy(s => s.Name, StringComparer.OrdinalIgnoreCase).ToList();
                return new JourneyRow(
                    journey.Slug, journey.Name, journey.Steps, needs.Select(s => s.Tier).DefaultIfEmpty(ServiceTier.Low).Min(), team, teamName, needs, journey.Position, journey.Version,
                    [.. Enum.GetValues<FailureClass>().Select(failure => CellOf(failure, [.. covers[(journey.Id, failure)]], gaps.GetValueOrDefault((journey.Id, failure))))],
                    actor.MayChangeFor(journey.OwnerTeamId));
            }

            CoverageCell CellOf(FailureClass failure, IReadOnlyList<CoverRow> slis, AcceptedGap? gap) => new(
                failure,
                CoverageJudgement.Of([.. slis.Select(s => new CoverFacts(s.IsMeasured, s.Objective is not null, s.Objective is { HasAlerts: true }))], gap?.ReviewOn, DateOnly.FromDateTime(now.UtcDateTime)),
                slis, gap is null ? null : new GapRow(gap.Reason, gap.ReviewOn, gap.SignedByName, gap.SignedAt));
        }

        private async Task<ILookup<(Guid, FailureClass), CoverRow>> ReadCoversAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
        {
            // An archived SLI counts nothing any more, so it covers nothing.
            var covers = await (from cover in db.JourneyCovers.AsNoTracking()
                                join sli in db.Slis on cover.SliId equals sli.Id
                                join service in db.Services on sli.ServiceId equals service.Id
                                where sli.ArchivedAt == null
                                orderby service.Name, sli.Name
                                select new { cover.JourneyId, cover.Failure, cover.SliId, sli.Name, Service = service.Name }).ToListAsync(ct);
            var ids = covers.Select(c => c.SliId).Distinct().ToArray();
            var objectives = await (from version in db.VersionsInForceAt(now)
                                    join objective in db.Objectives on version.ObjectiveId equals objective.Id
                                    join service in db.Services on objective.ServiceId equals service.Id
                                    where ids.Contains(version.SliId) && objective.ArchivedAt == null && service.ArchivedAt == null
                                    orderby objective.Name
                                    select new { version.SliId, Row = new CoverObjective(service.Slug, objective.Slug, objective.Name, db.AlertRuleStates.Any(r => r.ObjectiveId == objective.Id)) }).ToListAsync(ct);
            // One that alerts speaks for the SLI before one that does not.
            var bySli = objectives.GroupBy(o => o.SliId).ToDictionary(g => g.Key, g => g.Select(o => o.Row).OrderByDescending(o => o.HasAlerts).First());
            var latest = await SliReadings.LatestAsync(dataSource, ids, now, ct);
            return covers.ToLookup(c => (c.JourneyId, c.Failure), c =>
            {
                var last = latest.GetValueOrDefault(c.SliId)?.LastMinute;
                return new CoverRow(c.SliId, c.Name, c.Service, last, last > now - Patience, bySli.GetValueOrDefault(c.SliId));
            });
        }
    }
}
