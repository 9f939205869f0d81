using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Cost;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>A row of the list of sources.</summary>
/// <param name="StoppedSince">Since when nothing comes, where it stopped.</param>
/// <param name="SamplesPerSecond">The mean of this hour, or of the last one while this one is younger than five minutes.</param>
/// <param name="ArrivedLastDay">Samples of the last 24 hours.</param>
/// <param name="RefusedLastDay">Those of them that were refused for a reason that somebody should look at.</param>
/// <param name="Budget">How it stands to its budget.</param>
public sealed record SourceRow(
    int Id, SourceKind Kind, string Name, string? Url, SourceState State, DateTimeOffset? LastArrivalAt, DateTimeOffset? StoppedSince,
    string? LastError, DateTimeOffset? LastErrorAt, double SamplesPerSecond, long ArrivedLastDay, long RefusedLastDay, int Slis, BudgetUse Budget)
{
    public double RefusedShare => ArrivedLastDay == 0 ? 0 : (double)RefusedLastDay / ArrivedLastDay;
}

/// <summary>How a source stands to its budget.</summary>
public enum BudgetUse
{
    /// <summary>It has none.</summary>
    None,

    Within,

    /// <summary>It has as many series as it may.</summary>
    Full,

    /// <summary>Within the last ten minutes something was refused, put off or thinned for it, on any portal.</summary>
    Above,
}

/// <summary>Where samples come from; what needs somebody first, then by name.</summary>
public sealed record ListSources
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, IngestWriter writer, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<SourceRow>>> HandleAsync(ListSources request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var sources = await db.Sources.AsNoTracking()
                .Select(s => new
                {
                    Source = s,
                    Budget = db.SourceBudgets.SingleOrDefault(b => b.SourceId == s.Id),
                    Slis = db.Slis.Count(i => i.SourceId == s.Id && i.ArchivedAt == null) + db.FileFeeds.Count(f => f.SourceId == s.Id) + db.SqlFeeds.Count(f => f.SourceId == s.Id) + db.Probes.Count(p => p.SourceId == s.Id) + (2 * db.Beacons.Count(b => b.SourceId == s.Id))
                        + (s.Kind == SourceKind.Statsd ? db.StatsdRules.Select(r => r.SliId).Distinct().Count() : 0),
                }).ToListAsync(ct);
            var counts = (await SourceCounts.SinceAsync(dataSource, null, now.AddDays(-1), ct)).ToLookup(c => c.SourceId);
            var series = await SeriesCounts.OfAsync(dataSource, [.. sources.Where(s => s.Budget?.MaxSeries is not null).Select(s => s.Source.Id)], ct);
            return sources.Select(s => RowOf(s.Source, s.Slis, [.. counts[s.Source.Id]], s.Budget, series.GetValueOrDefault(s.Source.Id), writer.Gate.PutOffOf(s.Source.Id), now))
                .OrderByDescending(r => r.State is SourceState.Failing or SourceState.Stopped).ThenByDescending(r => r.Budget == BudgetUse.Above).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase).ToList();
        }

        internal static SourceRow RowOf(Source source, int slis, IReadOnlyList<SourceCount> counts, SourceBudget? budget, int series, int putOff, DateTimeOffset now)
        {
            var state = SourceStates.Of(source.PausedAt, source.LastArrivalAt, source.LastErrorAt, source.PullEvery, source.Kind == SourceKind.Files, now);
            return new SourceRow(
                source.Id, source.Kind, source.Name, source.Url, state, source.LastArrivalAt, state == SourceState.Stopped ? source.LastArrivalAt : null,
                source.LastError, source.LastErrorAt, RateOf(counts, now), counts.Where(HasArrived).Sum(c => c.Samples), counts.Where(NeedsALook).Sum(c => c.Samples), slis, UseOf(budget, counts, series, putOff, now));
        }

        private static BudgetUse UseOf(SourceBudget? budget, IReadOnlyList<SourceCount> counts, int series, int putOff, DateTimeOffset now) =>
            budget is null ? BudgetUse.None
            : putOff > 0 || counts.Any(c => SampleOutcome.IsAboveBudget(c.Outcome) && c.LastAt > now.AddMinutes(-10) && c.LastAt > budget.SetAt) ? BudgetUse.Above
            : series >= budget.MaxSeries ? BudgetUse.Full
            : BudgetUse.Within;

        private static bool HasArrived(SourceCount count) => count.Outcome != SampleOutcome.PutOff;

        private static bool NeedsALook(SourceCount count) => SampleOutcome.RefusalOf(count.Outcome) is { } refusal && !refusal.IsUsual();

        private static double RateOf(IReadOnlyList<SourceCount> counts, DateTimeOffset now)
        {
            var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
            var age = now - hour;
            var (start, length) = age < TimeSpan.FromMinutes(5) ? (hour.AddHours(-1), TimeSpan.FromHours(1)) : (hour, age);
            return counts.Where(c => c.Hour == start && HasArrived(c)).Sum(c => c.Samples) / length.TotalSeconds;
        }
    }
}
