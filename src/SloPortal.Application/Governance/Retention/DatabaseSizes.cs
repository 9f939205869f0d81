using Npgsql;
using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Application.Governance.Retention;

/// <summary>How much of the disk each kind of data takes, with its indexes.</summary>
internal static class DatabaseSizes
{
    private const string Tables =
        """
        SELECT coalesce(whole.relname, c.relname), sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
        LEFT JOIN pg_class whole ON whole.oid = i.inhparent
        WHERE n.nspname = current_schema() AND c.relkind = 'r' GROUP BY 1
        """;

    /// <summary>What a restart or a retry needs and what is bounded by itself: it belongs to no class.</summary>
    private static readonly HashSet<string> Working =
        ["ingest_log", "ingest_checkpoints", "ingest_head", "series", "push_receipts", "signal_deliveries", "pull_positions", "backfills", "derived_hours_due", "pass_runs", "data_protection_keys", "__EFMigrationsHistory"];

    /// <returns>Bytes by kind of data; null holds the working state.</returns>
    public static async Task<Dictionary<RetentionClass, long>> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var kinds = PurgeTable.All.ToDictionary(t => t.Name, t => t.Kind);
        foreach (var part in (string[])["refused_rows", "file_run_parts", "probe_results"])
            kinds[part] = RetentionClass.Arrivals;
        foreach (var part in (string[])["signal_events", "page_messages", "page_events"])
            kinds[part] = RetentionClass.Signals;
        kinds["audit_entries"] = RetentionClass.Audit;
        var sizes = Enum.GetValues<RetentionClass>().ToDictionary(k => k, _ => 0L);
        await using var command = new NpgsqlCommand(Tables, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!Working.Contains(reader.GetString(0)))
                sizes[kinds.GetValueOrDefault(reader.GetString(0), RetentionClass.Records)] += reader.GetInt64(1);
        }
        return sizes;
    }

    /// <summary>Bytes of the whole database.</summary>
    public static async Task<long> TotalAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
