using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>Takes the samples of one source that is pulled, up to a given instant, into the measuring path.</summary>
public sealed class SourcePull(
    IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, PrometheusClient prometheus, SourceSecrets secrets, IngestWriter writer)
{
    private static readonly System.Diagnostics.Metrics.Counter<long> Failures =
        PassMetrics.Meter.CreateCounter<long>("sloportal.pull.failures", description: "Pulls that failed");

    /// <summary>
    /// Pulls what is missing, and notes how it went with the source. Where another portal is at it, does nothing. Safe to repeat:
    /// a sample that is known is a duplicate.
    /// </summary>
    public async Task RunAsync(Source source, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        if (!await LockAsync(connection, source.Id, ct))
            return;
        try
        {
            var problem = await PullAsync(connection, source, now, ct);
            if (problem is not null)
                Failures.Add(1);
            await NoteAsync(connection, source.Id, now, problem, ct);
        }
        finally
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = LockName(source.Id) } } };
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>Null when all was taken, or a sentence.</summary>
    private async Task<string?> PullAsync(NpgsqlConnection connection, Source source, DateTimeOffset now, CancellationToken ct)
    {
        PrometheusServer server;
        try
        {
            server = secrets.ServerOf(source);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return "The stored value of the Authorization header cannot be read any more; give it again.";
        }
        var selectors = await SelectorsAsync(source.Id, ct);
        var positions = await PullPositions.LoadAsync(connection, source.Id, [.. selectors.Select(s => s.ToString()).Distinct()], ct);
        if (selectors.Count == 0)
            return (await prometheus.PingAsync(server, ct)).Refusal?.Message;

        var plan = new PullPlan(selectors, positions, now);
        while (plan.Next() is { } window)
        {
            var answers = new List<(PullQuestion, List<SeriesSamples>)>();
            foreach (var question in window.Questions)
            {
                var answer = await prometheus.SamplesAsync(server, question.Selector, window.End, question.Range, ct);
                if (!answer.Succeeded)
                    return answer.Refusal.Message;
                answers.Add((question, answer.Value));
            }
            var merged = PullMerge.Of(plan, answers);
            if (merged.Count > 0 && await writer.WriteAsync(new PulledSamples(source.Id, merged)).WaitAsync(ct) != IngestAnswer.Stored)
                return "The portal could not store the samples just now; they are fetched again.";
            await PullPositions.SaveAsync(connection, source.Id, [.. window.Questions.Select(q => q.Selector.ToString())], window.End, ct);
        }
        return null;
    }

    private async Task<List<SeriesSelector>> SelectorsAsync(int sourceId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var definitions = await db.Slis.AsNoTracking().Where(s => s.SourceId == sourceId && s.ArchivedAt == null).Select(s => s.Definition).ToListAsync(ct);
        return [.. definitions.SelectMany(d => d.Selectors()).Distinct()];
    }

    private static async Task NoteAsync(NpgsqlConnection connection, int sourceId, DateTimeOffset now, string? problem, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            problem is null
                ? "UPDATE sources SET last_arrival_at = $2 WHERE id = $1"
                : "UPDATE sources SET last_error_at = $2, last_error = $3 WHERE id = $1", connection)
        { Parameters = { new() { Value = sourceId }, new() { Value = now } } };
        if (problem is not null)
            command.Parameters.Add(new() { Value = problem });
        await command.ExecuteNonQueryAsync(ct);
        await PortalEvents.PublishAsync(connection, "sources", ct);
    }

    private static string LockName(int sourceId) => $"pull/{sourceId}";

    private static async Task<bool> LockAsync(NpgsqlConnection connection, int sourceId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = LockName(sourceId) } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
