using Npgsql;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>Writes checkpoints and removes the log rows that neither a restore nor a preview needs.</summary>
internal sealed class CheckpointStore(NpgsqlDataSource dataSource, IngestSettings settings)
{
    private const string Claim =
        """
        SELECT pg_try_advisory_xact_lock(hashtextextended('ingest-checkpoint', 0)) AND (SELECT checkpoint_seq FROM ingest_head) < $1
        """;

    // A row goes when the checkpoint contains it and it is old, or too many bytes came after it.
    private const string Prune =
        """
        DELETE FROM ingest_log WHERE seq <= $1 AND (recorded_at < $2 OR seq <= (
            SELECT max(l.seq) FROM (SELECT seq, sum(octet_length(payload)) OVER (ORDER BY seq DESC) AS bytes FROM ingest_log) l WHERE l.bytes > $3))
        """;

    /// <summary>Stores the state at a row of the log. False when another portal did so, or does so now.</summary>
    public async Task<bool> WriteAsync(long seq, IReadOnlyList<byte[]> chunks, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var claim = new NpgsqlCommand(Claim, connection) { Parameters = { new() { Value = seq } } })
        {
            if (!(bool)(await claim.ExecuteScalarAsync(ct))!)
            {
                return false;
            }
        }

        for (var i = 0; i < chunks.Count; i++)
        {
            await using var insert = new NpgsqlCommand("INSERT INTO ingest_checkpoints (seq, chunk, payload) VALUES ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = seq }, new() { Value = i }, new() { Value = chunks[i] } },
            };
            await insert.ExecuteNonQueryAsync(ct);
        }

        await using var finish = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("DELETE FROM ingest_checkpoints WHERE seq < $1") { Parameters = { new() { Value = seq } } },
                new(Prune) { Parameters = { new() { Value = seq }, new() { Value = now - settings.LogKept }, new() { Value = settings.LogBytes } } },
                // Last, since it stops the writers until the commit.
                new("UPDATE ingest_head SET checkpoint_seq = $1") { Parameters = { new() { Value = seq } } },
            },
        };
        await finish.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
