using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Segments;

/// <summary>The last day of many segments, hour by hour, in one statement.</summary>
internal static class SegmentHours
{
    public const int Count = 24;

    /// <summary>Shares of good events, the present hour last; null in hours without data.</summary>
    public static async Task<IReadOnlyDictionary<int, double?[]>> ReadAsync(NpgsqlDataSource dataSource, int[] segments, DateTimeOffset now, CancellationToken ct)
    {
        var days = segments.ToDictionary(s => s, _ => new double?[Count]);
        var first = MinuteClock.Floor(now, TimeSpan.FromHours(1)).AddHours(1 - Count);
        await using var command = dataSource.CreateCommand("SELECT sli_id, hour, good, total FROM sli_hours WHERE sli_id = ANY($1) AND hour >= $2 AND hour <= $3");
        command.Parameters.Add(new() { Value = segments, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = first });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            days[reader.GetInt32(0)][(int)(reader.GetFieldValue<DateTimeOffset>(1) - first).TotalHours] = new EventCounts(reader.GetDouble(2), reader.GetDouble(3)).Ratio;
        return days;
    }
}
