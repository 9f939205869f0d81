using Npgsql;
using NpgsqlTypes;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>Keeps, by source and selector, until when samples were pulled.</summary>
internal static class PullPositions
{
    /// <summary>The positions of the selectors; those of other selectors of the source are forgotten, since no SLI reads them any more.</summary>
    public static async Task<Dictionary<string, DateTimeOffset>> LoadAsync(NpgsqlConnection connection, int sourceId, string[] selectors, CancellationToken ct)
    {
        await using (var forget = new NpgsqlCommand("DELETE FROM pull_positions WHERE source_id = $1 AND selector <> ALL($2)", connection))
        {
            forget.Parameters.Add(new() { Value = sourceId });
            forget.Parameters.Add(new() { Value = selectors, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            await forget.ExecuteNonQueryAsync(ct);
        }
        await using var command = new NpgsqlCommand("SELECT selector, pulled_until FROM pull_positions WHERE source_id = $1", connection) { Parameters = { new() { Value = sourceId } } };
        var positions = new Dictionary<string, DateTimeOffset>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            positions[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        return positions;
    }

    /// <summary>Call it after the samples are stored: a position that is behind only means that some are asked for again.</summary>
    public static async Task SaveAsync(NpgsqlConnection connection, int sourceId, string[] selectors, DateTimeOffset until, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO pull_positions (source_id, selector, pulled_until) SELECT $1, selector, $3 FROM unnest($2) AS selector
            ON CONFLICT (source_id, selector) DO UPDATE SET pulled_until = greatest(pull_positions.pulled_until, excluded.pulled_until)
            """, connection)
        {
            Parameters = { new() { Value = sourceId }, new() { Value = selectors, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, new() { Value = until } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
