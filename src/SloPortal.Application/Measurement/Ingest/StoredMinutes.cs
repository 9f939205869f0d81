using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>Adds to the stored counts by minute outside the writer's own group.</summary>
internal static class StoredMinutes
{
    /// <summary>Minutes of one statement, whose cost grows faster than they do.</summary>
    private const int MinutesPerStatement = 500;

    /// <param name="connection">Within a transaction that holds the head of ingest.</param>
    /// <param name="minutes">Distinct by SLI and minute, as <see cref="MinuteAccumulator.InOrder"/> gives them.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task AddAsync(NpgsqlConnection connection, IEnumerable<MinuteDelta> minutes, CancellationToken ct)
    {
        foreach (var chunk in minutes.Chunk(MinutesPerStatement))
        {
            await using var command = new NpgsqlCommand("SELECT apply_sli_increments($1, $2, $3, $4)", connection)
            {
                Parameters =
                {
                    new() { Value = Array.ConvertAll(chunk, m => m.SliId) },
                    new() { Value = Array.ConvertAll(chunk, m => UnixMinute.Start(m.Minute)), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                    new() { Value = Array.ConvertAll(chunk, m => m.Good) },
                    new() { Value = Array.ConvertAll(chunk, m => m.Total) },
                },
            };
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
