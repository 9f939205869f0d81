using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SloPortal.Application.Common;

/// <summary>A background duty: idempotent, safe under several replicas, given its time.</summary>
public interface IPass
{
    /// <summary>Stable name, as in <c>pass_runs</c> and the portal's own metrics: "evaluate-budgets".</summary>
    string Name { get; }

    TimeSpan Every { get; }

    Task RunAsync(DateTimeOffset now, CancellationToken ct);
}

/// <summary>
/// Runs a pass when it is due and no portal of this database is at it: an advisory lock excludes the others while it runs, and the
/// start time in <c>pass_runs</c> keeps the next one from running it again too soon. Time is cut into slots of the pass's own
/// length, counted from midnight UTC of year one, and a pass runs once in each: a pass of a minute runs at the minute and does
/// not drift, however many portals ask and however late one of them is.
/// </summary>
public sealed class PassRunner(NpgsqlDataSource dataSource, PassLocks locks, ILogger<PassRunner> logger)
{
    /// <summary>How often a pass is due that was told of something to do. Long enough to take together what comes in numbers.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    /// <summary>By pass: it is known to have started then or later, here or elsewhere, so until the next slot the database need not be asked.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> startedSince = new(StringComparer.Ordinal);

    /// <returns>Whether the pass ran here.</returns>
    public async Task<bool> RunIfDueAsync(IPass pass, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var slot = SlotStart(now, pass.Every);
        if (startedSince.TryGetValue(pass.Name, out var since) && since >= slot)
            return false;
        if (!await locks.TryTakeAsync(pass.Name, ct))
            return false;
        try
        {
            var isClaimed = await ClaimAsync(pass.Name, now, slot, ct);
            startedSince[pass.Name] = isClaimed ? now : slot;
            if (!isClaimed)
                return false;
            var watch = Stopwatch.StartNew();
            string? error = null;
            try
            {
                await pass.RunAsync(now, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // One failing pass never stops the rest.
                error = e.Message;
                logger.LogError(e, "The pass {Pass} failed; it is tried again in {Every}", pass.Name, pass.Every);
            }
            PassMetrics.Record(pass.Name, watch.Elapsed, error is null);
            await using var done = dataSource.CreateCommand(
                "UPDATE pass_runs SET last_seconds = $2, last_error = $3, last_succeeded_at = CASE WHEN $3 IS NULL THEN $4 ELSE last_succeeded_at END WHERE name = $1");
            done.Parameters.AddWithValue(pass.Name);
            done.Parameters.AddWithValue(watch.Elapsed.TotalSeconds);
            done.Parameters.Add(new NpgsqlParameter { Value = (object?)error ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            done.Parameters.AddWithValue(now);
            await done.ExecuteNonQueryAsync(ct);
            return true;
        }
        finally
        {
            await locks.ReleaseAsync(pass.Name);
        }
    }

    private async Task<bool> ClaimAsync(string name, DateTimeOffset now, DateTimeOffset slot, CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            INSERT INTO pass_runs (name, last_started_at, last_seconds) VALUES ($1, $2, 0)
            ON CONFLICT (name) DO UPDATE SET last_started_at = excluded.last_started_at
            WHERE pass_runs.last_started_at < $3
            RETURNING 1
            """);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(slot);
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static DateTimeOffset SlotStart(DateTimeOffset now, TimeSpan every) => new(now.UtcTicks - now.UtcTicks % every.Ticks, TimeSpan.Zero);
}
