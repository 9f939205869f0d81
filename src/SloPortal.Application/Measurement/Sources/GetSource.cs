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

/// <summary>What became of the samples of an hour.</summary>
/// <param name="PutOff">Samples of requests that were asked to come again. They are not among those that arrived.</param>
public sealed record SourceHour(DateTimeOffset Hour, long Arrived, long Matched, long Unmatched, long Duplicates, long Refused, long Thinned, long PutOff);

/// <summary>The budget of a source beside what it uses of it.</summary>
/// <param name="SamplesPerSecond">What this portal took in the last five minutes; null where the rate is not limited.</param>
/// <param name="Thinned">Samples left out in the hours that are shown.</param>
/// <param name="PutOff">Samples asked to come again in the hours that are shown.</param>
/// <param name="Refused">Samples of further series that were refused in the hours that are shown.</param>
public sealed record SourceBudgetDetails(
    int? MaxSeries, int? MaxSamplesPerSecond, AboveRate Above, double? SamplesPerSecond, long Thinned, long PutOff, long Refused, DateTimeOffset SetAt, string SetBy)
{
    /// <summary>The share of the rate that is used; null where it is not limited.</summary>
    public double? RateShare => SamplesPerSecond / MaxSamplesPerSecond;
}

/// <summary>Why samples were refused, with the newest example.</summary>
/// <param name="Sentence">What happened and what to do.</param>
/// <param name="IsUsual">A part of normal operation, which no one has to act on.</param>
public sealed record SourceRefusal(SampleRefusal Reason, string Sentence, bool IsUsual, long Samples, string? Example, DateTimeOffset LastAt);

/// <summary>Everything about one source. The value of the Authorization header is never given back.</summary>
/// <param name="Hours">The newest first; hours in which nothing arrived are left out.</param>
/// <param name="Series">How many series of it are known.</param>
/// <param name="Budget">Its budget; null where it has none.</param>
/// <param name="MayBudget">Whether the reader may set one.</param>
public sealed record SourceDetails(
    SourceRow Row, TimeSpan? PullEvery, bool HasAuthorization, DateTimeOffset CreatedAt, string? Token, bool TokenIsValid, int Series,
    IReadOnlyList<SourceHour> Hours, IReadOnlyList<SourceRefusal> Refusals, bool MayChange, SourceBudgetDetails? Budget, bool MayBudget);

/// <summary>One source: what arrived, what was matched, what was refused and why.</summary>
public sealed record GetSource(int Id, int Hours = 48)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, IngestWriter writer, TimeProvider clock)
    {
        public async Task<Outcome<SourceDetails>> HandleAsync(GetSource request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Hours is < 1 or > 24 * 31)
                return Refusal.Invalid(nameof(Hours), "Ask for 1 to 744 hours.");
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await db.Sources.AsNoTracking().Where(s => s.Id == request.Id)
                .Select(s => new
                {
                    Source = s,
                    Budget = db.SourceBudgets.SingleOrDefault(b => b.SourceId == s.Id),
                    Slis = db.Slis.Count(i => i.SourceId == s.Id && i.ArchivedAt == null) + db.FileFeeds.Count(f => f.SourceId == s.Id) + db.SqlFeeds.Count(f => f.SourceId == s.Id) + db.Probes.Count(p => p.SourceId == s.Id) + (2 * db.Beacons.Count(b => b.SourceId == s.Id))
                        + (s.Kind == SourceKind.Statsd ? db.StatsdRules.Select(r => r.SliId).Distinct().Count() : 0),
                    Token = db.ApiTokens.SingleOrDefault(t => t.Id == s.TokenId),
                    Series = db.Database.SqlQuery<int>($"SELECT count(*)::integer AS \"Value\" FROM series WHERE source_id = {request.Id}").Single(),
                }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound("The source");
            var since = now.AddHours(-Math.Max(request.Hours, 24));
            var counts = await SourceCounts.SinceAsync(dataSource, [request.Id], since, ct);
            var shown = counts.Where(c => c.Hour > now.AddHours(-request.Hours)).ToArray();
            return new SourceDetails(
                ListSources.Handler.RowOf(found.Source, found.Slis, [.. counts.Where(c => c.Hour >= now.AddDays(-1))], found.Budget, found.Series, writer.Gate.PutOffOf(request.Id), now),
                found.Source.PullEvery, found.Source.ProtectedAuthorization is not null, found.Source.CreatedAt,
                found.Token?.Name, found.Token?.IsValidAt(now) ?? false, found.Series,
                [.. shown.GroupBy(c => c.Hour).OrderByDescending(g => g.Key).Select(g => HourOf(g.Key, [.. g]))],
                [.. Refusals(shown)],
                actor.May(Permission.Administer) && found.Source.Kind is SourceKind.Pull or SourceKind.Sql or SourceKind.Probe,
                found.Budget is null ? null : BudgetOf(found.Budget, shown), actor.May(Permission.Administer) && found.Source.Kind.HasRate());
        }

        private SourceBudgetDetails BudgetOf(SourceBudget budget, IReadOnlyCollection<SourceCount> counts) => new(
            budget.MaxSeries, budget.MaxSamplesPerSecond, budget.Above, writer.Gate.RateOf(budget.SourceId),
            Of(counts, SampleOutcome.Thinned), Of(counts, SampleOutcome.PutOff) + writer.Gate.PutOffOf(budget.SourceId), Of(counts, nameof(SampleRefusal.SeriesBudget)), budget.SetAt, budget.SetBy);

        private static long Of(IEnumerable<SourceCount> counts, string outcome) => counts.Where(c => c.Outcome == outcome).Sum(c => c.Samples);

        private static SourceHour HourOf(DateTimeOffset hour, SourceCount[] counts)
        {
            long Count(string outcome) => Of(counts, outcome);
            var putOff = Count(SampleOutcome.PutOff);
            return new SourceHour(hour, counts.Sum(c => c.Samples) - putOff, Count(SampleOutcome.Matched), Count(SampleOutcome.Unmatched), Count(SampleOutcome.Duplicate),
                counts.Where(c => SampleOutcome.RefusalOf(c.Outcome) is not null).Sum(c => c.Samples), Count(SampleOutcome.Thinned), putOff);
        }

        private static IEnumerable<SourceRefusal> Refusals(IEnumerable<SourceCount> counts) =>
            from count in counts
            let reason = SampleOutcome.RefusalOf(count.Outcome)
            where reason is not null
            group count by reason.Value into g
            let newest = g.MaxBy(c => c.LastAt)
            let samples = g.Sum(c => c.Samples)
            orderby g.Key.IsUsual(), samples descending
            select new SourceRefusal(g.Key, g.Key.Sentence(), g.Key.IsUsual(), samples, newest.Example, newest.LastAt);
    }
}
