using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Data;

namespace SloPortal.Application.Governance.Retention;

/// <summary>The tables of a month each, in which the counts by minute lie (decision 0028).</summary>
internal static class MinuteMonths
{
    public const string Table = "sli_minutes";

    /// <summary>Makes the next months long before they begin. What comes without its month is kept with what is newer, and moved here.</summary>
    public static async Task KeepAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            // What is known of the whole table no autovacuum renews, only of each month.
            if (await db.Database.SqlQuery<int>($"SELECT keep_minute_months({now.AddMonths(2)}) AS \"Value\"").SingleAsync(ct) > 0)
                await db.Database.ExecuteSqlRawAsync("ANALYZE sli_minutes", ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // The next purge asks again, and there is time.
        }
    }

    /// <summary>Where the months begin that are older as a whole, of which no hold keeps a row; oldest first.</summary>
    public static async Task<List<DateTimeOffset>> GoingAsync(PortalDbContext db, PurgeTable table, DateTimeOffset before, Guid[] held, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT starts FROM minute_months() WHERE ends <= $1
                AND NOT EXISTS (SELECT FROM sli_minutes WHERE minute >= starts AND minute < ends AND {table.Held}) ORDER BY starts
            """, (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters = { new() { Value = before }, new() { Value = held, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var months = new List<DateTimeOffset>();
        while (await reader.ReadAsync(ct))
            months.Add(reader.GetFieldValue<DateTimeOffset>(0));
        return months;
    }

    /// <returns>How many rows went.</returns>
    public static async Task<long> DropAsync(NpgsqlConnection connection, DateTimeOffset month, int patience, CancellationToken ct)
    {
        await using var drop = new NpgsqlCommand("SELECT drop_minute_month($1)", connection) { CommandTimeout = patience, Parameters = { new() { Value = month } } };
        return (long)(await drop.ExecuteScalarAsync(ct))!;
    }
}
