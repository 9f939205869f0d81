using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Measurement.Files;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Ingest;

/// <summary>
/// Removes minutes that are older than what is kept, with the keys of the rows that they counted; hours and days stay for long charts.
/// Receipts of pushes go after a week, results of probes after two, counts by source and by page group after ninety days, uploads that nobody went on with after a day.
/// </summary>
public sealed class ForgetOldCounts(NpgsqlDataSource dataSource, IngestSettings settings) : IPass
{
    private static readonly TimeSpan ReceiptsKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan SourceCountsKept = TimeSpan.FromDays(90);

    public string Name => "forget-old-counts";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await DeleteAsync("DELETE FROM sli_minutes WHERE sli_id IN (SELECT id FROM slis UNION ALL SELECT id FROM sliced_slis) AND minute < $1", now - settings.MinutesKept, ct);
        await DeleteAsync("DELETE FROM sli_originals WHERE minute < $1", now - settings.MinutesKept, ct);
        await DeleteAsync("DELETE FROM row_keys WHERE minute < $1", now - settings.MinutesKept, ct);
        await DeleteAsync("DELETE FROM file_runs WHERE created_at < $1", now - settings.MinutesKept, ct);
        await DeleteAsync("DELETE FROM file_runs WHERE state = 'Draft' AND created_at < $1", now - FileRun.DraftKept, ct);
        await DeleteAsync("DELETE FROM push_receipts WHERE recorded_at < $1", now - ReceiptsKept, ct);
        await DeleteAsync("DELETE FROM probe_results WHERE at < $1", now - ProbeResult.Kept, ct);
        await DeleteAsync("DELETE FROM beacon_hours WHERE hour < $1", now - SourceCountsKept, ct);
        await DeleteAsync("DELETE FROM source_counts WHERE hour < $1", now - SourceCountsKept, ct);
    }

    private async Task DeleteAsync(string sql, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = before, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(ct);
    }
}
