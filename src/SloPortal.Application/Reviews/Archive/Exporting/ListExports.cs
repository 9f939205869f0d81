using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <param name="Selection">What was asked for, in words.</param>
/// <param name="Written">Postmortems written so far, of <paramref name="Total"/>; 0 of 0 before they are counted.</param>
/// <param name="Size">Bytes of the file.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal; null until it is done.</param>
/// <param name="KeptUntil">When the file is removed; null where there is none.</param>
public sealed record ExportRow(
    Guid Id, string Selection, DateTimeOffset RequestedAt, ExportState State, int Written, int Total, DateTimeOffset? FinishedAt, long Size, string? Sha256, string? Problem, DateTimeOffset? KeptUntil);

/// <summary>The actor's own exports, the newest first. Nobody sees those of others: they were made with other rights.</summary>
/// <param name="Id">Only this one.</param>
public sealed record ListExports(Guid? Id = null)
{
    private const int Most = 100;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<ExportRow>>> HandleAsync(ListExports request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var exports = await db.ArchiveExports.AsNoTracking()
                .Where(e => e.RequestedBy == actor.PersonId && (request.Id == null || e.Id == request.Id))
                .OrderByDescending(e => e.RequestedAt).Take(Most).ToListAsync(ct);
            if (request.Id is not null && exports.Count == 0)
                return Refusal.NotFound("This export");
            if (!actor.May(Permission.Export))
                return Denial.Of(actor, Permission.Export);
            return exports.Select(e => RowOf(e, now)).ToList();
        }

        private static ExportRow RowOf(ArchiveExport e, DateTimeOffset now) => new(
            e.Id, ArchiveWords.Of(JsonSerializer.Deserialize<ArchiveFilter>(e.Filter, PortalJson.Options)!), e.RequestedAt, e.State, e.Written, e.Total, e.FinishedAt,
            e.Size, e.Sha256 is null ? null : Convert.ToHexStringLower(e.Sha256), e.Problem, e.IsKeptAt(now) ? e.FinishedAt + ArchiveExport.KeptFor : null);
    }
}
