using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Measurement.Ingest.Log;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Cost;

/// <summary>The series of one metric of one source: how many SLIs read, and what came of them lately.</summary>
internal sealed class MetricUse(int sourceId, string metric)
{
    public int SourceId => sourceId;

    public string Metric => metric;

    public int Series { get; set; }

    public int ReadSeries { get; set; }

    public long Samples { get; set; }
}

/// <summary>What is stored of series and samples, by metric. Reads all series and the log of some minutes once.</summary>
internal static class SeriesUse
{
    /// <summary>How far back samples are counted.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromMinutes(5);

    // A second of a portal under full load; what was counted until then is enough to tell who sends most.
    private const long MostSamples = 5_000_000;

    // The labels are only looked at where an SLI names the metric, or names none.
    private const string Series =
        """
        SELECT id, source_id, metric, CASE WHEN $2::text[] IS NULL OR metric = ANY($2) THEN labels END FROM series
        WHERE $1::integer IS NULL OR source_id = $1
        """;

    private const string Log = "SELECT recorded_at, samples, payload FROM ingest_log WHERE recorded_at >= $1 ORDER BY seq DESC";

    /// <param name="dataSource">The database.</param>
    /// <param name="slis">Those that count.</param>
    /// <param name="sourceId">One source only; null for all.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The metrics, and over how long their samples were counted.</returns>
    public static async Task<(List<MetricUse> Metrics, TimeSpan Span)> ReadAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<ReadSli> slis, int? sourceId, DateTimeOffset now, CancellationToken ct)
    {
        var (uses, byId) = await ReadSeriesAsync(dataSource, slis, sourceId, ct);
        var since = now - Reach;
        var (oldest, counted) = (now, 0L);
        await using var command = dataSource.CreateCommand(Log);
        command.Parameters.Add(new() { Value = since });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct) && counted < MostSamples)
        {
            oldest = reader.GetFieldValue<DateTimeOffset>(0);
            counted += reader.GetInt32(1);
            Count(reader.GetFieldValue<byte[]>(2), byId);
        }
        // Where the log reaches back all the way, the silence before its first row belongs to it.
        return (uses, counted < MostSamples && oldest - since < TimeSpan.FromMinutes(1) ? Reach : now - oldest);
    }

    private static async Task<(List<MetricUse> Uses, MetricUse?[] ById)> ReadSeriesAsync(NpgsqlDataSource dataSource, IReadOnlyList<ReadSli> slis, int? sourceId, CancellationToken ct)
    {
        var set = new SliSet(slis);
        var selectors = slis.SelectMany(s => s.Definition.Selectors()).ToArray();
        var named = selectors.Any(s => s.MetricName is null) ? null : selectors.Select(s => s.MetricName!).Distinct().ToArray();
        var (uses, byId, found) = (new Dictionary<(int, string), MetricUse>(), new List<MetricUse?>(), new List<SliLink>());
        await using var command = dataSource.CreateCommand(Series);
        command.Parameters.Add(new() { Value = (object?)sourceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = (object?)named ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (id, source, metric) = (reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2));
            if (!uses.TryGetValue((source, metric), out var use))
                uses.Add((source, metric), use = new MetricUse(source, metric));
            use.Series++;
            if (!reader.IsDBNull(3))
            {
                set.LinksOf(source, LabelSet.FromJson(reader.GetString(3)), found);
                use.ReadSeries += found.Count > 0 ? 1 : 0;
            }
            while (byId.Count <= id)
                byId.Add(null);
            byId[id] = use;
        }
        return ([.. uses.Values], [.. byId]);
    }

    private static void Count(byte[] row, MetricUse?[] byId)
    {
        var reader = new IngestLogReader(row);
        while (reader.TryReadEviction(out _))
        {
            // Of no interest here.
        }
        while (reader.TryReadSample(out var sample))
        {
            if ((uint)sample.SeriesId < (uint)byId.Length && byId[sample.SeriesId] is { } use)
                use.Samples++;
        }
    }
}
