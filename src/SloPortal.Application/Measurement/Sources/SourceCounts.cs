using Npgsql;
using NpgsqlTypes;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>What became of samples, by hour, source and outcome.</summary>
internal sealed record SourceCount(int SourceId, DateTimeOffset Hour, string Outcome, long Samples, string? Example, DateTimeOffset LastAt);

/// <summary>Reads <c>source_counts</c>.</summary>
internal static class SourceCounts
{
    public static async Task<List<SourceCount>> SinceAsync(NpgsqlDataSource dataSource, int[]? sources, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT source_id, hour, outcome, samples, example, last_at FROM source_counts WHERE ($1::integer[] IS NULL OR source_id = ANY($1)) AND hour >= $2 ORDER BY hour");
        command.Parameters.Add(new() { Value = (object?)sources ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = since });
        var counts = new List<SourceCount>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            counts.Add(new SourceCount(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetInt64(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5)));
        }
        return counts;
    }
}

/// <summary>Counts the rows of <c>series</c>.</summary>
internal static class SeriesCounts
{
    public static async Task<Dictionary<int, int>> OfAsync(NpgsqlDataSource dataSource, int[] sources, CancellationToken ct)
    {
        var counts = new Dictionary<int, int>();
        if (sources.Length == 0)
            return counts;
        await using var command = dataSource.CreateCommand("SELECT source_id, count(*)::integer FROM series WHERE source_id = ANY($1) GROUP BY source_id");
        command.Parameters.Add(new() { Value = sources });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            counts.Add(reader.GetInt32(0), reader.GetInt32(1));
        return counts;
    }
}
