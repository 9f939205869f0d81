using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <param name="Name">For the file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="CopyAsync">Writes it, piece by piece.</param>
public sealed record ExportDownload(string Name, long Size, Func<Stream, CancellationToken, Task> CopyAsync);

/// <summary>The file of an export of one's own. Recorded: it leaves the portal.</summary>
public sealed record FetchExport(Guid Id)
{
    public sealed class Handler(UnitOfWork work, NpgsqlDataSource dataSource)
    {
        public Task<Outcome<ExportDownload>> HandleAsync(FetchExport request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<FetchExport, ExportDownload>(request, actor, Permission.Read, async change =>
            {
                var export = await change.Db.ArchiveExports.AsNoTracking().SingleOrDefaultAsync(e => e.Id == request.Id && e.RequestedBy == actor.PersonId, ct);
                if (export is null)
                    return Refusal.NotFound("This export");
                if (!actor.May(Permission.Export))
                    return Denial.Of(actor, Permission.Export);
                if (!export.IsKeptAt(change.Now))
                {
                    return Refusal.Conflict(export.State == ExportState.Done
                        ? $"The file of this export was removed after {HumanDuration.Text(ArchiveExport.KeptFor)}. Ask for it again."
                        : "This export is not ready.");
                }
                change.Audit("archive.downloaded", "export", export.Id, "Archive", new { Sha256 = Convert.ToHexStringLower(export.Sha256!) });
                return new ExportDownload($"sloportal-archive-{export.FinishedAt:yyyy-MM-dd-HHmm}.zip", export.Size, (target, token) => CopyAsync(export.Id, target, token));
            }, ct);

        private async Task CopyAsync(Guid id, Stream target, CancellationToken ct)
        {
            await using var connection = await dataSource.OpenConnectionAsync(ct);
            await using var command = new NpgsqlCommand("SELECT content FROM archive_export_parts WHERE export_id = $1 ORDER BY number", connection);
            command.Parameters.AddWithValue(id);
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
                await target.WriteAsync(rows.GetFieldValue<byte[]>(0), ct);
        }
    }
}
