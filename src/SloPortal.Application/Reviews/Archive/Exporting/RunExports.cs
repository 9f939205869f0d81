using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Reviews.Archive.Exporting.Pdf;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>
/// Makes the exports that wait, one after the other, with the rights that their requester has at that moment. What a portal was at when it
/// died is begun anew by another, once its claim has run out. Files past their time are removed.
/// </summary>
public sealed class RunExports(
    NpgsqlDataSource dataSource, IDbContextFactory<PortalDbContext> contexts, ActorDirectory actors, ArchiveReader reader, ArchiveKey keys,
    UnitOfWork work, TimeProvider clock, ILogger<RunExports> logger) : IPass
{
    /// <summary>Long enough for the slowest postmortem between two reports.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    /// <summary>Progress is told this often.</summary>
    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(1);

    public string Name => "run-exports";

    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await RemoveOldAsync(now, ct);
        while (await ClaimAsync(ct) is { } export)
        {
            try
            {
                await MakeAsync(export, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                logger.LogError(e, "The export {Export} failed", export.Id);
                await FailAsync(export, "The export could not be made; the log of the portal says why. Ask for it again.", ct);
            }
        }
    }

    private async Task RemoveOldAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var past = now - ArchiveExport.KeptFor;
        await db.ArchiveExportParts.Where(p => db.ArchiveExports.Any(e => e.Id == p.ExportId && e.FinishedAt < past)).ExecuteDeleteAsync(ct);
    }

    private async Task<ArchiveExport?> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNowInMicroseconds();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var export = await db.ArchiveExports.FromSql(
            $"""
            SELECT * FROM archive_exports WHERE state = 'Waiting' OR (state = 'Running' AND claimed_until < {now})
            ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """).SingleOrDefaultAsync(ct);
        export?.Claim(now + Claim);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return export;
    }

    private async Task MakeAsync(ArchiveExport export, CancellationToken ct)
    {
        if (await actors.FindPersonAsync(export.RequestedBy, ct) is not { } actor || !actor.May(Permission.Export))
        {
            await FailAsync(export, "Whoever asked for this may no longer export.", ct);
            return;
        }
        var filter = JsonSerializer.Deserialize<ArchiveFilter>(export.Filter, PortalJson.Options)!;
        await ExportFile.ClearAsync(dataSource, export.Id, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = await ArchiveQuery.Matching(db, actor, filter).OrderBy(m => m.HappenedAt).ThenBy(m => m.Id).Select(m => m.Id).ToListAsync(ct);
        using var key = await keys.OpenAsync(ct);
        await using var file = new ExportFile(dataSource, export.Id);
        var written = await WriteAsync(file, export, ids, filter, actor, key, ct);
        var sha256 = await file.CompleteAsync(ct);
        await work.ChangeAsync<ArchiveExport, Done>(export, Actor.System("archive"), Permission.Administer, async change =>
        {
            var stored = await change.Db.ArchiveExports.SingleAsync(e => e.Id == export.Id, ct);
            stored.Report(written, written, change.Now);
            stored.Finish(file.Size, sha256, change.Now);
            change.Audit("archive.exported", "export", export.Id, "Archive", new { By = actor.Name, filter, Postmortems = written, Sha256 = Convert.ToHexStringLower(sha256) });
            change.Tell([export.RequestedBy], $"Your export of {ArchiveWords.Count(written)} is ready.", $"/exports/{export.Id}");
            change.Publish(Topic(export.Id));
            return Done.Value;
        }, ct);
    }

    private async Task<int> WriteAsync(Stream file, ArchiveExport export, List<Guid> ids, ArchiveFilter filter, Actor actor, ECDsa key, CancellationToken ct)
    {
        var createdAt = clock.GetUtcNowInMicroseconds();
        var selection = ArchiveWords.Of(filter);
        var (written, told) = (0, createdAt);
        await using var zip = new ArchiveZip(file, createdAt);
        var index = new ArchiveIndex(zip, selection, createdAt);
        foreach (var id in ids)
        {
            await using (var db = await contexts.CreateDbContextAsync(ct))
            {
                if (await reader.ReadAsync(db, id, actor, ct) is not var (document, attachments))
                    continue;
                await AddAsync(zip, document, attachments, ct);
                await index.AddAsync(document, ct);
                written++;
            }
            if (clock.GetUtcNowInMicroseconds() is var now && now - told > Telling)
            {
                told = now;
                await ReportAsync(export.Id, written, ids.Count, now + Claim, ct);
            }
        }
        await index.CompleteAsync(ct);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        await zip.AddTextAsync("README.txt", ArchiveFiles.ReadMe(actor.Name, createdAt, selection, written, fingerprint), ct);
        await zip.SealAsync(actor.Name, selection, written, key, ct);
        return written;
    }

    private static async Task AddAsync(ArchiveZip zip, ArchivedPostmortem document, IReadOnlyList<byte[]> attachments, CancellationToken ct)
    {
        var folder = ArchiveFiles.FolderOf(document.Code);
        await zip.AddTextAsync($"{folder}/{document.Code}.md", ArchiveFiles.MarkdownOf(document), ct);
        await zip.AddJsonAsync($"{folder}/{document.Code}.json", document, ct);
        await zip.AddAsync($"{folder}/{document.Code}.pdf", PostmortemPdf.Write(document), ct);
        foreach (var (attachment, content) in document.Attachments.Zip(attachments))
            await zip.AddAsync($"{folder}/{attachment.Path}", content, ct);
    }

    private async Task ReportAsync(Guid id, int written, int total, DateTimeOffset claimedUntil, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("UPDATE archive_exports SET written = $2, total = $3, claimed_until = $4 WHERE id = $1", connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(written);
        command.Parameters.AddWithValue(total);
        command.Parameters.AddWithValue(claimedUntil);
        await command.ExecuteNonQueryAsync(ct);
        await PortalEvents.PublishAsync(connection, Topic(id), ct);
    }

    private Task<Outcome<Done>> FailAsync(ArchiveExport export, string problem, CancellationToken ct) =>
        work.ChangeAsync<ArchiveExport, Done>(export, Actor.System("archive"), Permission.Administer, async change =>
        {
            var stored = await change.Db.ArchiveExports.SingleAsync(e => e.Id == export.Id, ct);
            stored.Fail(problem, change.Now);
            change.Audit("archive.export-failed", "export", export.Id, "Archive", new { problem });
            change.Tell([export.RequestedBy], "Your export could not be made.", $"/exports/{export.Id}");
            change.Publish(Topic(export.Id));
            return Done.Value;
        }, ct);

    public static string Topic(Guid id) => $"exports/{id}";
}
