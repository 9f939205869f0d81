using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Everything about one SLI.</summary>
/// <param name="PromQl">The share of good events as a query, to be checked elsewhere; empty for pushed counts.</param>
/// <param name="SeriesCount">How many stored series it reads now.</param>
/// <param name="FirstSeries">The first twenty of them.</param>
/// <param name="LastMinute">The newest minute with data; null before the first.</param>
/// <param name="LastHour">Events of the last 60 minutes.</param>
/// <param name="LastDay">Events of the last 24 hours.</param>
/// <param name="Hours">The last 24 hours with data, the present one last; hours without any are left out.</param>
/// <param name="CoverageToday">Share of the minutes since midnight UTC, or since the SLI began if that was later, that have data, 0 to 1.</param>
/// <param name="UsedBy">The objectives that are measured by it, or will or may be.</param>
/// <param name="MayChange">Whether the actor may rename or archive it.</param>
/// <param name="Parts">What a composite is made of; empty otherwise.</param>
/// <param name="Backfill">How far its history has been fetched; null where there is none to fetch.</param>
public sealed record SliDetails(
    int Id, string Service, string ServiceName, string Team, string Slug, string Name, string Description, SliDraft Definition, string PromQl,
    int? SourceId, string? SourceName, SourceKind? SourceKind, DateTimeOffset CreatedAt, DateTimeOffset? ArchivedAt,
    int SeriesCount, IReadOnlyList<MatchedSeries> FirstSeries, DateTimeOffset? LastMinute, EventCounts LastHour, EventCounts LastDay,
    IReadOnlyList<SliStep> Hours, double? CoverageToday, IReadOnlyList<SliUser> UsedBy, bool MayChange, IReadOnlyList<SliPart> Parts,
    BackfillProgress? Backfill);

/// <summary>The history of an SLI on its way from the server that is pulled.</summary>
/// <param name="HasBegun">Whether it is known from where on the pull counts; before that it waits for the pull.</param>
/// <param name="Problem">Why it does not go on just now, a sentence; it is tried again.</param>
public sealed record BackfillProgress(DateTimeOffset Since, DateTimeOffset Until, DateTimeOffset DoneUntil, bool HasBegun, DateTimeOffset? FinishedAt, string? Problem);

/// <summary>A step of a composite.</summary>
/// <param name="Weight">0 to 1; null where the worst step counts.</param>
public sealed record SliPart(int Id, string Service, string ServiceName, string Name, decimal? Weight);

/// <summary>One SLI with its series and how it stands.</summary>
public sealed record GetSli(int Id)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, ISliUse use, TimeProvider clock)
    {
        private const int ShownSeries = 20;

        public async Task<Outcome<SliDetails>> HandleAsync(GetSli request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var row = await (from sli in db.Slis.AsNoTracking()
                             join service in db.Services on sli.ServiceId equals service.Id
                             join team in db.Teams on service.OwnerTeamId equals team.Id
                             join source in db.Sources on sli.SourceId equals source.Id into sources
                             from source in sources.DefaultIfEmpty()
                             where sli.Id == request.Id
                             select new { Sli = sli, Service = service, Team = team, Source = source }).SingleOrDefaultAsync(ct);
            if (row is null)
                return Refusal.NotFound("The SLI");
            var series = await StoredSeries.ReadByAsync(dataSource, row.Sli.Definition, row.Sli.SourceId, ct);
            var latest = (await SliReadings.LatestAsync(dataSource, [request.Id], now, ct)).GetValueOrDefault(request.Id);
            var firstHour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(-23);
            var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
            var hours = await SliReadings.HoursAsync(dataSource, request.Id, new Interval(firstHour < midnight ? firstHour : midnight, now), ct);
            return new SliDetails(
                row.Sli.Id, row.Service.Slug, row.Service.Name, row.Team.Name, row.Sli.Slug, row.Sli.Name, row.Sli.Description,
                SliDraft.Of(row.Sli.Definition), PromQlText.Of(row.Sli.Definition),
                row.Sli.SourceId, row.Source?.Name, row.Source?.Kind, row.Sli.CreatedAt, row.Sli.ArchivedAt,
                series.Count, [.. series.Take(ShownSeries)], latest?.LastMinute, latest?.LastHour ?? EventCounts.None, latest?.LastDay ?? EventCounts.None,
                [.. hours.Where(h => h.Start >= firstHour)], Coverage([.. hours.Where(h => h.Start >= midnight)], midnight, row.Sli.CreatedAt, now),
                await use.OfAsync(db, request.Id, now, ct), actor.MayChangeFor(row.Team.Id),
                row.Sli.Definition is Composite composite ? await CompositeParts.NamesAsync(db, composite, ct) : [],
                await db.Backfills.Where(b => b.SliId == request.Id)
                    .Select(b => new BackfillProgress(b.Since, b.Until, b.DoneUntil, b.HasHeads, b.FinishedAt, b.Problem)).SingleOrDefaultAsync(ct));
        }

        /// <summary>The running minute does not count as missing.</summary>
        private static double? Coverage(SliStep[] hours, DateTimeOffset midnight, DateTimeOffset createdAt, DateTimeOffset now)
        {
            var counted = hours.Sum(h => h.Minutes);
            var begin = createdAt > midnight ? createdAt : midnight;
            var expected = Math.Floor((now - begin).TotalMinutes);
            return counted == 0 ? expected < 1 ? null : 0 : Math.Min(1, counted / Math.Max(counted, expected));
        }
    }
}
