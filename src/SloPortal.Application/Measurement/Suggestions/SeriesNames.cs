using Npgsql;

namespace SloPortal.Application.Measurement.Suggestions;

/// <summary>Names and values among the stored series. Each statement reads an index; none reads the whole table.</summary>
internal static class SeriesNames
{
    /// <summary>
    /// The distinct names of a source by a loose index scan: one descent of (source_id, metric) for each name, however many series
    /// it has. See "Loose indexscan" in the PostgreSQL wiki.
    /// </summary>
    internal const string Metrics =
        """
        WITH RECURSIVE names (metric) AS (
            (SELECT metric FROM series WHERE source_id = $1 ORDER BY metric LIMIT 1)
            UNION ALL
            SELECT (SELECT s.metric FROM series s WHERE s.source_id = $1 AND s.metric > names.metric ORDER BY s.metric LIMIT 1)
            FROM names WHERE names.metric IS NOT NULL)
        SELECT metric FROM names WHERE metric IS NOT NULL AND strpos(lower(metric), lower($2)) > 0
        ORDER BY strpos(lower(metric), lower($2)) <> 1, metric LIMIT $3
        """;

    internal const string Labels =
        """
        SELECT DISTINCT name FROM (SELECT labels FROM series WHERE source_id = $1 AND metric = $2 LIMIT 20000) s, jsonb_object_keys(s.labels) name
        WHERE name <> '__name__' ORDER BY name
        """;

    internal const string Values =
        """
        SELECT value FROM (SELECT DISTINCT labels ->> $3 AS value FROM series WHERE source_id = $1 AND metric = $2) v
        WHERE value IS NOT NULL AND strpos(lower(value), lower($4)) > 0
        ORDER BY strpos(lower(value), lower($4)) <> 1, value LIMIT $5
        """;

    public static Task<List<string>> MetricsAsync(NpgsqlDataSource dataSource, int sourceId, string text, int limit, CancellationToken ct) =>
        ReadAsync(dataSource, Metrics, ct, sourceId, text, limit);

    public static Task<List<string>> LabelsAsync(NpgsqlDataSource dataSource, int sourceId, string metric, CancellationToken ct) =>
        ReadAsync(dataSource, Labels, ct, sourceId, metric);

    public static Task<List<string>> ValuesAsync(NpgsqlDataSource dataSource, int sourceId, string metric, string label, string text, int limit, CancellationToken ct) =>
        ReadAsync(dataSource, Values, ct, sourceId, metric, label, text, limit);

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource dataSource, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            names.Add(reader.GetString(0));
        return names;
    }
}
