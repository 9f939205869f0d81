using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>A file in a list of them.</summary>
public sealed record FileRunRow(
    Guid Id, string Name, FileRunState State, string By, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, long Size,
    long RowsRead, long Kept, long Duplicates, long Refused, long PassedOver, double Good, double Total, string? Problem);

/// <summary>One file and what became of its rows.</summary>
/// <param name="MayFeed">Whether the actor may bring rows for the SLI, and so see which were refused.</param>
public sealed record FileRunDetails(FileRunRow Row, int SliId, string Sli, string Service, string ServiceName, int? SourceId, string? Source, RowMapping? Mapping, bool MayFeed);

/// <summary>One upload, or one file of a watched folder.</summary>
public sealed record GetFileRun(Guid Id)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<FileRunDetails>> HandleAsync(GetFileRun request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read) && !actor.May(Permission.SendSamples))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from run in db.FileRuns.AsNoTracking()
                               join sli in db.Slis on run.SliId equals sli.Id
                               join service in db.Services on sli.ServiceId equals service.Id
                               where run.Id == request.Id
                               select new { run, Sli = sli.Name, service.Slug, ServiceName = service.Name, service.OwnerTeamId, Source = db.Sources.Where(s => s.Id == run.SourceId).Select(s => s.Name).SingleOrDefault() })
                .SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound("The upload");
            var mayFeed = new FedSli(found.run.SliId, "", "", "", found.OwnerTeamId, "").MayBeFedBy(actor);
            // Somebody else's draft is nobody's business yet.
            if ((found.run.State == FileRunState.Draft || !actor.May(Permission.Read)) && !mayFeed)
                return Refusal.NotFound("The upload");
            return new FileRunDetails(RowOf(found.run), found.run.SliId, found.Sli, found.Slug, found.ServiceName, found.run.SourceId, found.Source, found.run.Mapping, mayFeed);
        }

        internal static FileRunRow RowOf(FileRun run) => new(
            run.Id, run.Name, run.State, run.StartedByName, run.CreatedAt, run.EndedAt, run.Size,
            run.RowsRead, run.Kept, run.Duplicates, run.Refused, run.PassedOver, run.Good, run.Total, run.Problem);
    }
}
