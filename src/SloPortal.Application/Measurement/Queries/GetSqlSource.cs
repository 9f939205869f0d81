using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>A query without its connection string.</summary>
public sealed record SqlSourceDetails(int Id, string Name, string Server, int SliId, string Sli, string Service, string Statement, int Minutes, int EverySeconds, DateTimeOffset Since);

/// <summary>One query, for administrators: a statement tells how another system keeps its data.</summary>
public sealed record GetSqlSource(int Id)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<SqlSourceDetails>> HandleAsync(GetSqlSource request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read) || !actor.IsAdministrator)
                return Denial.Of(actor, Permission.Administer);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from feed in db.SqlFeeds.AsNoTracking()
                               join source in db.Sources on feed.SourceId equals source.Id
                               join sli in db.Slis on feed.SliId equals sli.Id
                               join service in db.Services on sli.ServiceId equals service.Id
                               where feed.SourceId == request.Id
                               select new { feed, source, sli.Name, service.Slug }).SingleOrDefaultAsync(ct);
            return found is null ? Refusal.NotFound("The query")
                : new SqlSourceDetails(found.source.Id, found.source.Name, found.source.Url!, found.feed.SliId, found.Name, found.Slug, found.feed.Statement, found.feed.Minutes, (int)found.source.PullEvery!.Value.TotalSeconds, found.feed.Since);
        }
    }
}
