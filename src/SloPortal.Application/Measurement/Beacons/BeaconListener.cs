using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Application.Measurement.Beacons;

/// <summary>What becomes of a report.</summary>
public enum BeaconAnswer
{
    Taken,
    UnknownKey,
    WrongOrigin,
    Unsound,
}

/// <summary>
/// Takes what browsers report and stores what it counts every few seconds. What is not stored yet is lost with the program: a browser does not
/// ask whether it was heard, and nothing is counted twice.
/// </summary>
public sealed class BeaconListener(
    IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, IngestWriter writer, TimeProvider clock, ILogger<BeaconListener> logger) : BackgroundService
{
    private const string AddHours =
        """
        INSERT INTO beacon_hours AS h (source_id, hour, page_group, views, views_with_error, loads, fast_loads, load_ms, first_byte_ms, first_bytes, errors, failed)
        SELECT $1, date_trunc('hour', $2, 'UTC'), g.* FROM unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS g
        ON CONFLICT (source_id, hour, page_group) DO UPDATE SET
            views = h.views + excluded.views, views_with_error = h.views_with_error + excluded.views_with_error, loads = h.loads + excluded.loads, fast_loads = h.fast_loads + excluded.fast_loads,
            load_ms = h.load_ms + excluded.load_ms, first_byte_ms = h.first_byte_ms + excluded.first_byte_ms, first_bytes = h.first_bytes + excluded.first_bytes,
            errors = h.errors + excluded.errors, failed = h.failed + excluded.failed
        """;

    private static readonly TimeSpan StoreEvery = TimeSpan.FromSeconds(5);

    private readonly BeaconCounts counts = new();
    private volatile FrozenDictionary<string, Beacon> beacons = FrozenDictionary<string, Beacon>.Empty;

    /// <summary>The beacon of a key; one that was made a moment ago is known after a few seconds.</summary>
    public Beacon? Find(string key) => beacons.GetValueOrDefault(key);

    /// <summary>Counts a report of a browser.</summary>
    /// <param name="key">Of the beacon.</param>
    /// <param name="origin">The site that the browser says it comes from.</param>
    /// <param name="view">What it tells; null when it could not be read.</param>
    public BeaconAnswer Take(string key, string? origin, BeaconView? view)
    {
        if (Find(key) is not { } beacon)
            return BeaconAnswer.UnknownKey;
        if (!beacon.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return BeaconAnswer.WrongOrigin;
        if (view is not { IsSound: true })
            return BeaconAnswer.Unsound;
        counts.Add(beacon, view, UnixMinute.Of(clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return BeaconAnswer.Taken;
    }

    /// <summary>Stores what was counted, and reads the beacons anew. What cannot be stored is dropped, since it may be stored already.</summary>
    internal async Task StoreAsync()
    {
        try
        {
            foreach (var (source, sums) in counts.Take())
                await StoreAsync(source, sums);
            await using var db = await contexts.CreateDbContextAsync();
            beacons = (await db.Beacons.AsNoTracking().ToListAsync()).ToFrozenDictionary(b => b.Key);
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e) || e is DbUpdateException)
        {
            logger.LogWarning("Reports of browsers wait: the database cannot be reached ({Reason})", e.Message);
        }
        catch (Exception e)
        {
            // A listener that ends would end the portal.
            logger.LogError(e, "Reports of browsers could not be stored; those that come are stored with the next");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(StoreEvery, clock);
        do
            await StoreAsync();
        while (await NextAsync(timer, stoppingToken));
        await StoreAsync();
    }

    private async Task StoreAsync(int source, BeaconCounts.Sums sums)
    {
        var tally = new SourceTally { Arrived = sums.Reports, Matched = sums.Reports };
        if (await writer.WriteAsync(new CountedMinutes(source, sums.Minutes.InOrder(), tally)) != IngestAnswer.Stored)
        {
            logger.LogWarning("{Reports} reports of browsers could not be stored and count for nothing", sums.Reports);
            return;
        }
        var groups = sums.Groups;
        await using var command = dataSource.CreateCommand(AddHours);
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = clock.GetUtcNowInMicroseconds() });
        command.Parameters.Add(new() { Value = groups.Select(g => g.PageGroup).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        foreach (var figure in (Func<BeaconHour, long>[])[g => g.Views, g => g.ViewsWithError, g => g.Loads, g => g.FastLoads])
            command.Parameters.Add(new() { Value = groups.Select(figure).ToArray() });
        command.Parameters.Add(new() { Value = groups.Select(g => g.LoadMs).ToArray() });
        command.Parameters.Add(new() { Value = groups.Select(g => g.FirstByteMs).ToArray() });
        foreach (var figure in (Func<BeaconHour, long>[])[g => g.FirstBytes, g => g.Errors, g => g.Failed])
            command.Parameters.Add(new() { Value = groups.Select(figure).ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
