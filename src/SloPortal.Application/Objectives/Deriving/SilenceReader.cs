using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>Reads what an hour needs in which silence may count as bad.</summary>
internal static class SilenceReader
{
    private const string Sql =
        """
        SELECT
            (SELECT max(newest.minute) FROM unnest($1) AS source (sli_id) CROSS JOIN LATERAL (
                SELECT m.minute FROM sli_minutes m WHERE m.sli_id = source.sli_id AND m.minute < $3 AND m.total > 0 ORDER BY m.minute DESC LIMIT 1) newest),
            coalesce(
                (SELECT avg(h.total) FROM sli_hours h WHERE h.sli_id = $2 AND h.total > 0 AND h.hour = ANY (ARRAY[$3 - interval '7 days', $3 - interval '14 days', $3 - interval '21 days', $3 - interval '28 days'])),
                (SELECT avg(h.total) FROM sli_hours h WHERE h.sli_id = $2 AND h.total > 0 AND h.hour >= $3 - interval '28 days' AND h.hour < $3), 0) / 60,
            ARRAY(SELECT c.starts FROM correction_spans c WHERE c.sli_id = $2 AND c.starts < $3 + interval '1 hour' AND c.ends > $3 ORDER BY c.starts, c.ends),
            ARRAY(SELECT c.ends FROM correction_spans c WHERE c.sli_id = $2 AND c.starts < $3 + interval '1 hour' AND c.ends > $3 ORDER BY c.starts, c.ends)
        """;

    public static async Task<Silence> ReadAsync(NpgsqlConnection connection, int sliId, CountingSchedule schedule, DateTimeOffset hour, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters =
            {
                new() { Value = schedule.SourcesAt(hour).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new NpgsqlParameter<int> { TypedValue = sliId }, new NpgsqlParameter<DateTimeOffset> { TypedValue = hour },
            },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var before = await reader.IsDBNullAsync(0, ct) ? (int?)null : (int)(hour - reader.GetFieldValue<DateTimeOffset>(0)).TotalMinutes - 1;
        var (starts, ends) = (reader.GetFieldValue<DateTimeOffset[]>(2), reader.GetFieldValue<DateTimeOffset[]>(3));
        return new Silence(before, reader.GetDouble(1), [.. starts.Zip(ends, (from, to) => new Interval(from, to))]);
    }
}
