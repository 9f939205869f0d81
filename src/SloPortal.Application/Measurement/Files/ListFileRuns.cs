using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>The files of a source, and for which SLI they count.</summary>
public sealed record FedFiles(int SliId, string Sli, string Service, string? Folder, RowMapping Mapping, bool MayFeed, Page<FileRunRow> Runs);

/// <summary>The files of a source, the newest first.</summary>
public sealed record ListFileRuns(int SourceId, int Page = 1, int Size = 20)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<FedFiles>> HandleAsync(ListFileRuns request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var feed = await (from found in db.FileFeeds.AsNoTracking()
                              join sli in db.Slis on found.SliId equals sli.Id
                              join service in db.Services on sli.ServiceId equals service.Id
                              where found.SourceId == request.SourceId
                              select new { found, sli.Name, service.Slug, service.OwnerTeamId }).SingleOrDefaultAsync(ct);
            if (feed is null)
                return Refusal.NotFound("The source of files");
            var runs = db.FileRuns.AsNoTracking().Where(r => r.SourceId == request.SourceId && r.State != FileRunState.Draft);
            var (number, size) = (Math.Clamp(request.Page, 1, Page<FileRunRow>.Last), Math.Clamp(request.Size, 1, 200));
            var shown = await runs.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id).Skip((number - 1) * size).Take(size).ToListAsync(ct);
            return new FedFiles(
                feed.found.SliId, feed.Name, feed.Slug, feed.found.Folder, feed.found.Mapping, new FedSli(feed.found.SliId, "", "", "", feed.OwnerTeamId, "").MayBeFedBy(actor),
                new Page<FileRunRow>(shown.ConvertAll(GetFileRun.Handler.RowOf), await runs.CountAsync(ct), number, size));
        }
    }
}
