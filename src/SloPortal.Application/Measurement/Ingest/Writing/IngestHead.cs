using Npgsql;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>Where the log stands: the one row of <c>ingest_head</c>.</summary>
/// <param name="Seq">The newest row of the log.</param>
/// <param name="NextSeriesId">The number of the next new series.</param>
/// <param name="CheckpointSeq">The row of the log at which the newest checkpoint stands; 0 before the first.</param>
/// <param name="SlisVersion">Moves when an SLI is added or archived, or the budget of a source changes.</param>
internal readonly record struct IngestHead(long Seq, int NextSeriesId, long CheckpointSeq, long SlisVersion)
{
    private const string Columns = "SELECT seq, next_series_id, checkpoint_seq, slis_version FROM ingest_head";

    /// <summary>Reads it.</summary>
    public static async Task<IngestHead> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Columns, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await NextAsync(reader, ct);
    }

    /// <summary>Begins a transaction and locks it: until the transaction ends, no other portal writes.</summary>
    public static async Task<IngestHead> LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("BEGIN"), new(Columns + " FOR UPDATE") } };
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await NextAsync(reader, ct);
    }

    private static async Task<IngestHead> NextAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct))
        {
            throw new InvalidDataException("ingest_head has no row; the database was not prepared by the portal's migrations.");
        }

        return new IngestHead(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3));
    }
}
