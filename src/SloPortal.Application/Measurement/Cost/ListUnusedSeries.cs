using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Cost;

/// <summary>Which metrics are listed.</summary>
public enum SeriesReading
{
    /// <summary>No SLI reads any series of it.</summary>
    Unread,

    /// <summary>SLIs read some of its series.</summary>
    Partly,

    /// <summary>SLIs read all of them.</summary>
    Read,
}

/// <summary>By what the list is sorted.</summary>
public enum SeriesOrder
{
    Samples,
    Series,
    Name,
}

/// <summary>A metric of a source.</summary>
/// <param name="SamplesPerSecond">What was stored of it in the last minutes.</param>
/// <param name="Share">Of all samples that were stored in that time, from 0 to 1.</param>
public sealed record MetricRow(int SourceId, string Source, SourceKind Kind, string Metric, int Series, int ReadSeries, double SamplesPerSecond, double Share, SeriesReading Reading);

/// <summary>What the series cost that nobody reads.</summary>
/// <param name="Counts">Metrics by how far they are read, whatever is shown.</param>
/// <param name="Series">All series.</param>
/// <param name="UnreadSeries">Those that no SLI reads.</param>
/// <param name="UnreadShare">The share of the samples that are of metrics that no SLI reads.</param>
/// <param name="Over">How long samples were counted.</param>
/// <param name="Filters">What senders may be told, so that what is listed and never read comes no more.</param>
/// <param name="Sources">The sources that have series.</param>
public sealed record UnusedSeries(
    Page<MetricRow> Page, IReadOnlyDictionary<SeriesReading, int> Counts, int Series, int UnreadSeries, double UnreadShare, TimeSpan Over, IReadOnlyList<SenderFilter> Filters,
    IReadOnlyList<SeriesSource> Sources);

/// <summary>A source that has series.</summary>
public sealed record SeriesSource(int Id, string Name);

/// <summary>Which series nobody reads, by metric, and what they cost.</summary>
/// <param name="SourceId">One source only.</param>
/// <param name="Filter">A part of the name.</param>
/// <param name="Reading">How far they are read; null for all.</param>
/// <param name="Page">From 1.</param>
public sealed record ListUnusedSeries(
    int? SourceId = null, string? Filter = null, SeriesReading? Reading = SeriesReading.Unread, SeriesOrder Order = SeriesOrder.Samples, int Page = 1, int Size = 50)
{
    /// <summary>The most names in a configuration: the costliest ones.</summary>
    public const int MostDropped = 300;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, TimeProvider clock)
    {
        public async Task<Outcome<UnusedSeries>> HandleAsync(ListUnusedSeries request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Page is < 1 or > Page<MetricRow>.Last || request.Size is < 1 or > 200)
                return Refusal.Invalid(nameof(Page), "Pages count from 1 and hold 1 to 200 rows.");
            await using var db = await contexts.CreateDbContextAsync(ct);
            var sources = await db.Sources.AsNoTracking().Where(s => s.Kind == SourceKind.RemoteWrite || s.Kind == SourceKind.Otlp || s.Kind == SourceKind.Pull)
                .Select(s => new { s.Id, s.Name, s.Kind }).ToDictionaryAsync(s => s.Id, ct);
            var slis = await db.Slis.AsNoTracking().Where(s => s.ArchivedAt == null).Select(s => new { s.Id, s.SourceId, s.Definition }).ToListAsync(ct);
            var (metrics, span) = await SeriesUse.ReadAsync(dataSource, [.. slis.Select(s => new ReadSli(s.Id, s.SourceId, s.Definition))], request.SourceId, clock.GetUtcNow(), ct);

            var all = Math.Max(1, metrics.Sum(m => m.Samples));
            var rows = metrics.Where(m => sources.ContainsKey(m.SourceId)).Select(m => new MetricRow(
                m.SourceId, sources[m.SourceId].Name, sources[m.SourceId].Kind, m.Metric, m.Series, m.ReadSeries, m.Samples / Math.Max(1, span.TotalSeconds), (double)m.Samples / all, ReadingOf(m))).ToList();
            var found = rows.Where(r => string.IsNullOrWhiteSpace(request.Filter) || r.Metric.Contains(request.Filter.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
            var shown = Sorted(found.Where(r => request.Reading is null || r.Reading == request.Reading), request.Order).ToList();
            return new UnusedSeries(
                new Page<MetricRow>([.. shown.Skip((request.Page - 1) * request.Size).Take(request.Size)], shown.Count, request.Page, request.Size),
                found.CountBy(r => r.Reading).ToDictionary(), rows.Sum(r => r.Series), rows.Sum(r => r.Series - r.ReadSeries),
                rows.Where(r => r.Reading == SeriesReading.Unread).Sum(r => r.Share), span, [.. Filters(found, rows)],
                [.. sources.Values.Select(s => new SeriesSource(s.Id, s.Name)).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)]);
        }

        private static SeriesReading ReadingOf(MetricUse use) =>
            use.ReadSeries == 0 ? SeriesReading.Unread : use.ReadSeries < use.Series ? SeriesReading.Partly : SeriesReading.Read;

        private static IEnumerable<MetricRow> Sorted(IEnumerable<MetricRow> rows, SeriesOrder order) => order switch
        {
            SeriesOrder.Samples => rows.OrderByDescending(r => r.SamplesPerSecond).ThenByDescending(r => r.Series).ThenBy(r => r.Metric, StringComparer.Ordinal),
            SeriesOrder.Series => rows.OrderByDescending(r => r.Series).ThenBy(r => r.Metric, StringComparer.Ordinal),
            SeriesOrder.Name => rows.OrderBy(r => r.Metric, StringComparer.Ordinal).ThenBy(r => r.SourceId),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, null),
        };

        /// <summary>A name that is read from one source is not dropped at any sender; the Collector cannot tell the parts of one instrument apart.</summary>
        private static IEnumerable<SenderFilter> Filters(IReadOnlyList<MetricRow> found, IReadOnlyList<MetricRow> all)
        {
            var names = Dropped(SourceKind.RemoteWrite, metric => metric);
            if (names.Length > 0)
                yield return SenderFilter.Prometheus(names);
            names = Dropped(SourceKind.Otlp, SenderFilter.BaseOf);
            if (names.Length > 0)
                yield return SenderFilter.Collector(names);

            string[] Dropped(SourceKind kind, Func<string, string> part)
            {
                var read = all.Where(r => r.Reading != SeriesReading.Unread).Select(r => part(r.Metric)).ToHashSet(StringComparer.Ordinal);
                return [.. Sorted(found.Where(r => r.Kind == kind && r.Reading == SeriesReading.Unread && !read.Contains(part(r.Metric))), SeriesOrder.Samples)
                    .Select(r => r.Metric).Distinct(StringComparer.Ordinal).Take(MostDropped)];
            }
        }
    }
}
