using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Budgets;

/// <summary>What each part of a journey takes from its budget.</summary>
/// <param name="From">Start of the objective's window.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="LostMinutes">What all parts lost together: what the composite counts as bad.</param>
/// <param name="Parts">What burned most first.</param>
public sealed record Contributions(DateTimeOffset From, DateTimeOffset To, CompositeRule Rule, double LostMinutes, IReadOnlyList<Contribution> Parts);

/// <param name="Weight">0 to 1; null where the worst part counts.</param>
/// <param name="Attained">Mean share of good events of its minutes with data, 0 to 1; null without any.</param>
/// <param name="LostMinutes">Weight × share of bad events, summed over its minutes; where the worst counts, of the minutes in which it was the worst (of two as bad the first).</param>
/// <param name="Share">Of what all parts lost, 0 to 1; null where nothing was.</param>
public sealed record Contribution(int SliId, string SliName, string Service, string ServiceName, decimal? Weight, double? Attained, double LostMinutes, double? Share);

/// <summary>The contributions to an objective on a composite, over its window; null where it is none or no version is in force.</summary>
public sealed record GetContributions(string Service, string Slug)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, DependencyMeasures measures, SharedReads reads, TimeProvider clock)
    {
        private const string Charges =
            """
            SELECT sli_id, sum(charge), avg(1 - lost) FROM (
                SELECT sli_id, lost, CASE
                    WHEN NOT $5 THEN weight * lost
                    WHEN place = first_value(place) OVER (PARTITION BY minute ORDER BY lost DESC, place) THEN lost
                    ELSE 0 END AS charge
                FROM (
                    SELECT p.sli_id, p.weight, p.place, m.minute, greatest(0, least(1, 1 - m.good / m.total)) AS lost
                    FROM unnest($1, $2) WITH ORDINALITY AS p (sli_id, weight, place)
                    JOIN sli_minutes m ON m.sli_id = p.sli_id AND m.minute >= $3 AND m.minute < $4 AND m.total > 0
                        AND NOT EXISTS (SELECT FROM unnest($6) AS lost (minute) WHERE lost.minute = m.minute)) seen) charged
            GROUP BY sli_id
            """;

        public async Task<Outcome<Contributions?>> HandleAsync(GetContributions request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            return await reads.GetAsync(request, reading => ReadAsync(request, reading), ct);
        }

        private async Task<Outcome<Contributions?>> ReadAsync(GetContributions request, CancellationToken ct)
        {
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from o in db.Objectives.AsNoTracking()
                               join s in db.Services on o.ServiceId equals s.Id
                               where s.Slug == request.Service && o.Slug == request.Slug
                               select new { o.Id, o.ServiceId }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            var version = await db.VersionsInForceAt(now).SingleOrDefaultAsync(v => v.ObjectiveId == found.Id, ct);
            if (version is null || (await db.Slis.AsNoTracking().SingleAsync(s => s.Id == version.SliId, ct)).Definition is not Composite composite)
                return default(Contributions);

            var window = version.Window.At(version.Method.Floor(now));
            window = new Interval(MinuteClock.Ceiling(window.Start), window.End);
            var lost = version.Externals == ExternalFailures.LeftOut ? (await measures.ExternalsAsync(found.ServiceId, window, ct)).Lost : [];
            var charged = await ChargesAsync(composite, window, [.. lost.Index().Where(l => l.Item).Select(l => window.Start.AddMinutes(l.Index))], ct);
            var parts = await CompositeParts.NamesAsync(db, composite, ct);
            var all = charged.Values.Sum(c => c.Lost);
            return new Contributions(window.Start, window.End, composite.Rule, all,
            [
                .. parts.Select(part =>
                {
                    var charge = charged.GetValueOrDefault(part.Id);
                    return new Contribution(part.Id, part.Name, part.Service, part.ServiceName, part.Weight, charge.Attained, charge.Lost, all > 0 ? charge.Lost / all : null);
                }).OrderByDescending(c => c.LostMinutes),
            ]);
        }

        private async Task<Dictionary<int, (double Lost, double? Attained)>> ChargesAsync(Composite composite, Interval window, DateTimeOffset[] leftOut, CancellationToken ct)
        {
            await using var connection = await dataSource.OpenConnectionAsync(ct);
            await using var command = new NpgsqlCommand(Charges, connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<int[]> { TypedValue = [.. composite.Parts.Select(p => p.SliId)] },
                    new NpgsqlParameter<double[]> { TypedValue = [.. composite.Parts.Select(p => (double)p.Weight)] },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = window.Start },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = window.End },
                    new NpgsqlParameter<bool> { TypedValue = composite.Rule == CompositeRule.WorstOf },
                    new() { Value = leftOut, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                },
            };
            await using var reader = await command.ExecuteReaderAsync(ct);
            var charged = new Dictionary<int, (double, double?)>();
            while (await reader.ReadAsync(ct))
                charged[reader.GetInt32(0)] = (reader.GetDouble(1), reader.GetDouble(2));
            return charged;
        }
    }
}
