using Npgsql;
using NpgsqlTypes;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>Finds rows that are counted already, in the database or earlier in the same group.</summary>
internal static class RowKeys
{
    private const string Known =
        "SELECT k.source_id, k.key FROM unnest($1, $2) AS asked (source_id, key) JOIN row_keys k ON k.source_id = asked.source_id AND k.key = asked.key";

    /// <summary>Tells each piece of the group which of its rows are known. The head must be held, so that no other portal adds one.</summary>
    public static async Task MeetAsync(NpgsqlConnection connection, List<IngestRequest> taken, IList<CountedRows> pieces, CancellationToken ct)
    {
        foreach (var piece in taken.OfType<CountedRows>())
            pieces.Add(piece);
        if (pieces.Count == 0)
            return;

        await using var command = new NpgsqlCommand(Known, connection)
        {
            Parameters =
            {
                new() { Value = pieces.SelectMany(p => p.Rows.Select(_ => p.SourceId)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = pieces.SelectMany(p => p.Rows.Select(r => r.Key)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            },
        };
        var known = new HashSet<(int, Guid)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                known.Add((reader.GetInt32(0), reader.GetGuid(1)));
        }
        foreach (var piece in pieces)
            piece.Meet(known);
    }
}
