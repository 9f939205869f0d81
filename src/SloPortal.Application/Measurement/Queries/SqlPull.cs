using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>
/// Takes what a statement gives into the counts. An interval counts when it has ended, and once: a row is named by its time, and by its place
/// among those of the same time.
/// </summary>
public sealed class SqlPull(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, SourceSecrets secrets, IngestWriter writer, IngestSettings settings)
{
    /// <summary>Asks one source and notes how it went. Where another portal is at it, does nothing.</summary>
    public async Task RunAsync(Source source, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using (var locking = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = LockName(source.Id) } } })
        {
            if (!(bool)(await locking.ExecuteScalarAsync(ct))!)
                return;
        }
        try
        {
            await NoteAsync(connection, source.Id, now, await AskAsync(source, now, ct), ct);
        }
        finally
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = LockName(source.Id) } } };
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>What an answer counts, and up to when.</summary>
    internal static (List<CountedRow> Counted, List<UntakenRow> Untaken, DateTimeOffset Since) Judge(SqlFeed feed, IReadOnlyList<QueryRow> rows, DateTimeOffset now, TimeSpan retention)
    {
        var (counted, untaken, since) = (new List<CountedRow>(), new List<UntakenRow>(), feed.Since);
        var rules = PushRules.At(now, retention);
        var names = new RowKey();
        for (var i = 0; i < rows.Count; i++)
        {
            var start = Domain.Common.MinuteClock.Floor(rows[i].Time);
            var counts = new PushedInterval(start, start.AddMinutes(feed.Minutes), rows[i].Good, rows[i].Total);
            // It can still grow.
            if (rows[i].Problem is null && counts.End > now)
                continue;
            var key = names.Next([rows[i].Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)]);
            var problem = rows[i].Problem ?? rules.Problem(counts);
            if (problem is null)
                counted.Add(new CountedRow(key, counts));
            else
                untaken.Add(new UntakenRow(i + 1, problem, "", counts.Start < rules.Earliest && rows[i].Problem is null ? SampleRefusal.PastRetention : SampleRefusal.UnreadableRow));
            if (rows[i].Problem is null && counts.End > since)
                since = counts.End;
        }
        return (counted, untaken, since);
    }

    private async Task<string?> AskAsync(Source source, DateTimeOffset now, CancellationToken ct)
    {
        SqlFeed feed;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            feed = await db.SqlFeeds.AsNoTracking().SingleAsync(f => f.SourceId == source.Id, ct);
        if (secrets.Reveal(source) is not { } connection)
            return "The stored connection string cannot be read any more; give it again.";
        if (!PostgresServer.TryRead(connection, out var server, out var problem))
            return problem;
        var answer = await QueryAnswer.ReadAsync(server, feed.Statement, feed.Since, ct);
        if (!answer.Succeeded)
            return answer.Refusal.Message;
        var (counted, untaken, since) = Judge(feed, answer.Value, now, settings.OldestSample);
        if (counted.Count + untaken.Count == 0)
            return null;
        return await writer.WriteAsync(new CountedRows(source.Id, feed.SliId, counted, untaken, null, since)) == IngestAnswer.Stored ? null
            : "The portal could not store the counts just now; they are asked for again.";
    }

    private static async Task NoteAsync(NpgsqlConnection connection, int sourceId, DateTimeOffset now, string? problem, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            problem is null ? "UPDATE sources SET last_arrival_at = $2 WHERE id = $1" : "UPDATE sources SET last_error_at = $2, last_error = $3 WHERE id = $1", connection)
        { Parameters = { new() { Value = sourceId }, new() { Value = now } } };
        if (problem is not null)
            command.Parameters.Add(new() { Value = Files.SafeText.Of(problem, 1000) });
        await command.ExecuteNonQueryAsync(ct);
        await PortalEvents.PublishAsync(connection, "sources", ct);
    }

    private static string LockName(int sourceId) => $"sql/{sourceId}";
}
