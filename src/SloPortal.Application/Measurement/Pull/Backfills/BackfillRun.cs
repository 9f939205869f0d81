using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull.Backfills;

/// <summary>Takes a back-fill on by one window: asks the server, and commits what it counts together with how far it has come.</summary>
public sealed class BackfillRun(IDbContextFactory<PortalDbContext> contexts, PrometheusClient prometheus, SourceSecrets secrets, TimeProvider clock)
{
    /// <summary>The stretch of one question; a server that cannot answer it is asked for less.</summary>
    private static readonly TimeSpan[] Windows = [TimeSpan.FromHours(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(2)];

    /// <returns>Whether to go on at once: false when it is finished, failed, or waits for the pull.</returns>
    public async Task<bool> StepAsync(int sliId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await (from b in db.Backfills
                         join s in db.Slis on b.SliId equals s.Id
                         join source in db.Sources on s.SourceId equals source.Id
                         where b.SliId == sliId && b.FinishedAt == null && s.ArchivedAt == null && source.PausedAt == null
                         select new { Backfill = b, s.Definition, Source = source }).SingleOrDefaultAsync(ct);
        if (row is null)
            return false;
        var backfill = row.Backfill;
        if (!backfill.HasHeads)
        {
            await db.Database.OpenConnectionAsync(ct);
            if (await BackfillHeads.ReadAsync((NpgsqlConnection)db.Database.GetDbConnection(), backfill, row.Definition, row.Source.Id, ct) is not { } heads)
                return false;
            backfill.Meet(heads);
            await db.SaveChangesAsync(ct);
            // The server is not waited for with a connection in hand.
            await db.Database.CloseConnectionAsync();
        }

        var fold = new BackfillFold(sliId, row.Definition, backfill.Series, backfill.Until.ToUnixTimeMilliseconds());
        var (until, problem) = await AskAsync(row.Source, row.Definition, backfill, fold, ct);
        if (problem is null)
            backfill.Advance(until, fold.State(), clock.GetUtcNowInMicroseconds());
        else
            backfill.Fail(problem, clock.GetUtcNowInMicroseconds());
        return await SaveAsync(db, fold.Minutes, sliId, ct) && problem is null && backfill.FinishedAt is null;
    }

    /// <summary>Up to when the window was answered, or why none was.</summary>
    private async Task<(DateTimeOffset Until, string? Problem)> AskAsync(Source source, SliDefinition definition, Backfill backfill, BackfillFold fold, CancellationToken ct)
    {
        PrometheusServer server;
        try
        {
            server = secrets.ServerOf(source);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return (default, "The stored value of the Authorization header cannot be read any more; give it again.");
        }
        Refusal? refusal = null;
        foreach (var window in Windows)
        {
            var end = backfill.DoneUntil + window < backfill.Until ? backfill.DoneUntil + window : backfill.Until;
            var answers = new List<List<Ingest.Writing.SeriesSamples>>();
            foreach (var selector in definition.Selectors().Distinct())
            {
                var answer = await prometheus.SamplesAsync(server, selector, end, end - backfill.DoneUntil, ct);
                refusal = answer.Refusal;
                if (refusal is not null)
                    break;
                answers.Add(answer.Value!);
            }
            if (refusal is not null)
                continue;
            answers.ForEach(answer => answer.ForEach(fold.Take));
            return (end, null);
        }
        return (default, refusal!.Message);
    }

    /// <summary>False where somebody else came first; nothing is counted then.</summary>
    private static async Task<bool> SaveAsync(PortalDbContext db, MinuteAccumulator minutes, int sliId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        if (minutes.Count > 0)
        {
            // As every writer of minutes does, so that none waits for another in a circle.
            await LoggedSamples.HeadAsync(connection, locked: true, ct);
            await StoredMinutes.AddAsync(connection, minutes.InOrder(), ct);
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        await PortalEvents.PublishAsync(connection, Topic(sliId), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What is told when a back-fill has moved.</summary>
    public static string Topic(int sliId) => $"backfill/{sliId}";
}
