using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Preview;

/// <summary>Folds what the log holds of the series that a definition reads.</summary>
internal static class LoggedSamples
{
    private const string Series =
        """
        SELECT id, labels FROM series
        WHERE ($1::integer IS NULL OR source_id = $1) AND ($2::text[] IS NULL OR metric = ANY($2)) AND seq > $3
        ORDER BY id
        """;

    private const string Log = "SELECT payload FROM ingest_log WHERE seq > $1 AND seq <= $2 AND recorded_at >= $3 ORDER BY seq";

    /// <summary>Where the log stands.</summary>
    /// <param name="connection">Open; with a transaction when <paramref name="locked"/>.</param>
    /// <param name="locked">Keeps every portal from writing until the transaction ends.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<long> HeadAsync(NpgsqlConnection connection, bool locked, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(locked ? "SELECT seq FROM ingest_head FOR UPDATE" : "SELECT seq FROM ingest_head", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Takes the rows after <paramref name="after"/> up to <paramref name="upTo"/>, recorded since <paramref name="since"/>.</summary>
    public static async Task FoldAsync(
        NpgsqlConnection connection, HistoryFold fold, SliDefinition definition, int? sourceId, long after, long upTo, DateTimeOffset since, CancellationToken ct)
    {
        await AddSeriesAsync(connection, fold, definition, sourceId, after, ct);
        if (fold.Series.Count == 0)
            return;
        await using var command = new NpgsqlCommand(Log, connection)
        {
            Parameters = { new() { Value = after }, new() { Value = upTo }, new() { Value = since } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            fold.Replay(reader.GetFieldValue<byte[]>(0));
    }

    private static async Task AddSeriesAsync(
        NpgsqlConnection connection, HistoryFold fold, SliDefinition definition, int? sourceId, long after, CancellationToken ct)
    {
        if (definition.Selectors().Count == 0)
            return;
        await using var command = new NpgsqlCommand(Series, connection)
        {
            Parameters =
            {
                new() { Value = (object?)sourceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                new() { Value = (object?)StoredSeries.MetricsOf(definition) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                // Those of the first call are all there are; a later call meets only what came since.
                new() { Value = after == 0 ? -1 : after, NpgsqlDbType = NpgsqlDbType.Bigint },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            fold.Add(reader.GetInt32(0), LabelSet.FromJson(reader.GetString(1)));
    }
}
