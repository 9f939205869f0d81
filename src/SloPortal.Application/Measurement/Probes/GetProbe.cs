using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes;

/// <summary>A run in the list of them.</summary>
public sealed record ProbeRunRow(
    string Location, DateTimeOffset At, ProbeOutcome Outcome, string Reason, int? Status, ProbeParts Parts, DateTimeOffset? CertificateEnds, string? Address);

/// <summary>How a location sees the service over the last day.</summary>
/// <param name="Name">Of the location.</param>
/// <param name="LastAt">Its last run that came, by its own clock; null before the first.</param>
/// <param name="IsSilent">Nothing came from it for three intervals.</param>
/// <param name="Last">What the last run said.</param>
/// <param name="Good">Good runs of the day.</param>
/// <param name="Failed">Failed ones.</param>
/// <param name="NotMeasured">Those that the location could not make.</param>
/// <param name="MedianMs">The middle of how long the good ones took.</param>
/// <param name="P95Ms">What 95 % of them stayed within.</param>
/// <param name="Trend">The median of each of the 48 half hours, the oldest first; null where none was good.</param>
/// <param name="ClockAhead">Seconds by which its clock is ahead; null for the portal itself.</param>
/// <param name="Dropped">Results that it could not keep while the portal was away.</param>
public sealed record ProbeLocationRow(
    string Name, DateTimeOffset? LastAt, bool IsSilent, ProbeOutcome? Last, int Good, int Failed, int NotMeasured, double? MedianMs, double? P95Ms, IReadOnlyList<double?> Trend, double? ClockAhead, long Dropped)
{
    /// <summary>Good among those that measured; null where none did.</summary>
    public double? Availability => Good + Failed == 0 ? null : (double)Good / (Good + Failed);
}

/// <summary>A probe, how it is set, and how it runs.</summary>
/// <param name="Set">The locations from which it is to run.</param>
/// <param name="Locations">These, and others from which it ran in the last day.</param>
/// <param name="CertificateEnds">As the last run that saw one told.</param>
/// <param name="Failures">The newest that were not good, of all that is kept.</param>
/// <param name="Runs">The newest of all.</param>
public sealed record ProbeDetails(
    int Id, string Name, ProbeCheck Check, int EverySeconds, int TimeoutSeconds, bool HasAuthorization, int SliId, string Sli, string Service, string ServiceName,
    IReadOnlyList<string> Set, IReadOnlyList<ProbeLocationRow> Locations, DateTimeOffset? CertificateEnds, IReadOnlyList<ProbeRunRow> Failures, IReadOnlyList<ProbeRunRow> Runs);

/// <summary>One probe. The value of the Authorization header is never given back.</summary>
public sealed record GetProbe(int Id, int Runs = 30)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, TimeProvider clock)
    {
        private const int MostRuns = 500;
        private const int HalfHours = 48;

        public async Task<Outcome<ProbeDetails>> HandleAsync(GetProbe request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Runs is < 0 or > MostRuns)
                return Refusal.Invalid(nameof(Runs), $"Ask for up to {MostRuns} runs.");
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from probe in db.Probes.AsNoTracking()
                               join source in db.Sources on probe.SourceId equals source.Id
                               join sli in db.Slis on probe.SliId equals sli.Id
                               join service in db.Services on sli.ServiceId equals service.Id
                               where probe.SourceId == request.Id
                               select new { probe, source, sli.Name, service.Slug, ServiceName = service.Name }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound("The probe");
            var results = db.ProbeResults.AsNoTracking().Where(r => r.SourceId == request.Id);
            var heard = (await db.ProbeLocations.AsNoTracking().ToListAsync(ct)).ToDictionary(l => l.Name);
            var last = (await results.GroupBy(r => r.Location).Select(g => g.OrderByDescending(r => r.At).First()).ToListAsync(ct)).ToDictionary(r => r.Location);
            var day = await DayAsync(request.Id, now, ct);
            var every = found.source.PullEvery!.Value;
            return new ProbeDetails(
                request.Id, found.source.Name, found.probe.Check, (int)every.TotalSeconds, (int)found.probe.Timeout.TotalSeconds, found.source.ProtectedAuthorization is not null,
                found.probe.SliId, found.Name, found.Slug, found.ServiceName, found.probe.Locations,
                [.. found.probe.Locations.Union(day.Keys).Order(StringComparer.Ordinal).Select(name => RowOf(name, last.GetValueOrDefault(name), heard.GetValueOrDefault(name), day.GetValueOrDefault(name),
                    found.probe.Locations.Contains(name) && found.source.PausedAt is null && now - (last.GetValueOrDefault(name)?.ReceivedAt ?? found.source.CreatedAt) > every * 3))],
                await results.Where(r => r.CertificateEnds != null).OrderByDescending(r => r.At).Select(r => r.CertificateEnds).FirstOrDefaultAsync(ct),
                await ListAsync(results.Where(r => r.Outcome != ProbeOutcome.Good), Math.Min(request.Runs, 20), ct),
                await ListAsync(results, request.Runs, ct));
        }

        private static async Task<IReadOnlyList<ProbeRunRow>> ListAsync(IQueryable<ProbeResult> results, int most, CancellationToken ct) => await results
            .OrderByDescending(r => r.At).Take(most)
            .Select(r => new ProbeRunRow(r.Location, r.At, r.Outcome, r.Reason, r.Status, new ProbeParts(r.DnsMs, r.ConnectMs, r.TlsMs, r.FirstByteMs, r.TotalMs), r.CertificateEnds, r.Address)).ToListAsync(ct);

        private static ProbeLocationRow RowOf(string name, ProbeResult? last, ProbeLocation? heard, Day? day, bool isSilent) => new(
            name, last?.At, isSilent, last?.Outcome, day?.Good ?? 0, day?.Failed ?? 0, day?.NotMeasured ?? 0, day?.Median, day?.P95, day?.Trend ?? new double?[HalfHours], heard?.ClockAhead, heard?.Dropped ?? 0);

        /// <summary>The last 24 hours by location, in one pass over them: a row for each half hour, and one for the whole.</summary>
        private async Task<Dictionary<string, Day>> DayAsync(int id, DateTimeOffset now, CancellationToken ct)
        {
            await using var command = dataSource.CreateCommand(
                """
                SELECT location, half, count(*) FILTER (WHERE outcome = 'Good')::integer, count(*) FILTER (WHERE outcome = 'Failed')::integer, count(*) FILTER (WHERE outcome = 'NotMeasured')::integer,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY total_ms) FILTER (WHERE outcome = 'Good'), percentile_cont(0.95) WITHIN GROUP (ORDER BY total_ms) FILTER (WHERE outcome = 'Good')
                FROM (SELECT *, floor(extract(epoch FROM at - $2) / 1800)::integer AS half FROM probe_results WHERE source_id = $1 AND at >= $2) AS r
                GROUP BY GROUPING SETS ((location), (location, half))
                """);
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = now.AddDays(-1) });
            var days = new Dictionary<string, Day>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var location = reader.GetString(0);
                if (!days.TryGetValue(location, out var day))
                    days[location] = day = new Day();
                double? median = reader.IsDBNull(5) ? null : reader.GetDouble(5);
                if (!reader.IsDBNull(1))
                    day.Trend[Math.Clamp(reader.GetInt32(1), 0, HalfHours - 1)] = median;
                else
                    (day.Good, day.Failed, day.NotMeasured, day.Median, day.P95) = (reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), median, reader.IsDBNull(6) ? null : reader.GetDouble(6));
            }
            return days;
        }

        private sealed class Day
        {
            public int Good { get; set; }
            public int Failed { get; set; }
            public int NotMeasured { get; set; }
            public double? Median { get; set; }
            public double? P95 { get; set; }
            public double?[] Trend { get; } = new double?[HalfHours];
        }
    }
}
