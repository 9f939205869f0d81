using Npgsql;
using NpgsqlTypes;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>Finds pushes that are known already, in the database or earlier in the same group.</summary>
internal static class PushReceipts
{
    private const string Known =
        """
        SELECT r.source_id, r.key, r.request_hash, r.response
        FROM unnest($1, $2) AS asked (source_id, key) JOIN push_receipts r ON r.source_id = asked.source_id AND r.key = asked.key
        """;

    /// <summary>Tells each push of the group whether its key is known. The head must be held, so that no other portal adds one.</summary>
    public static async Task MeetAsync(NpgsqlConnection connection, List<IngestRequest> taken, IList<PushedCounts> newOnes, CancellationToken ct)
    {
        var pushes = taken.OfType<PushedCounts>().ToArray();
        if (pushes.Length == 0)
        {
            return;
        }

        var known = await ReadAsync(connection, pushes, ct);
        foreach (var push in pushes)
        {
            if (known.TryGetValue((push.SourceId, push.Key), out var receipt))
            {
                push.Meet(receipt.Hash, receipt.Response);
            }
            else if (push.Remembered)
            {
                known.Add((push.SourceId, push.Key), (push.RequestHash, push.Response));
                newOnes.Add(push);
            }
        }
    }

    private static async Task<Dictionary<(int, string), (byte[] Hash, string Response)>> ReadAsync(
        NpgsqlConnection connection, PushedCounts[] pushes, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Known, connection)
        {
            Parameters =
            {
                new() { Value = Array.ConvertAll(pushes, p => p.SourceId), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = Array.ConvertAll(pushes, p => p.Key), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var known = new Dictionary<(int, string), (byte[], string)>();
        while (await reader.ReadAsync(ct))
        {
            known.TryAdd((reader.GetInt32(0), reader.GetString(1)), (reader.GetFieldValue<byte[]>(2), reader.GetString(3)));
        }

        return known;
    }
}
