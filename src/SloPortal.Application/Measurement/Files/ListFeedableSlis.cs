using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Files;

/// <summary>An SLI of pushed counts, with the sources of files that it has.</summary>
public sealed record FeedableSli(int Id, string Name, string Service, string ServiceName, IReadOnlyList<FeedName> Sources);

/// <summary>A source of files by its name.</summary>
public sealed record FeedName(int Id, string Name);

/// <summary>The SLIs for which the actor may bring rows, by service and name.</summary>
public sealed record ListFeedableSlis
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<FeedableSli>>> HandleAsync(ListFeedableSlis request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.SendSamples))
                return Denial.Of(actor, Permission.SendSamples);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var slis = await (from sli in db.Slis.AsNoTracking()
                              join service in db.Services on sli.ServiceId equals service.Id
                              where sli.ArchivedAt == null && sli.SourceId == null && service.ArchivedAt == null && (actor.IsAdministrator || actor.TeamIds.Contains(service.OwnerTeamId))
                              orderby service.Name, sli.Name
                              select new { sli.Id, sli.Name, sli.Definition, service.Slug, ServiceName = service.Name }).ToListAsync(ct);
            var feeds = (await (from feed in db.FileFeeds.AsNoTracking() join source in db.Sources on feed.SourceId equals source.Id orderby source.Name select new { feed.SliId, source.Id, source.Name })
                .ToListAsync(ct)).ToLookup(f => f.SliId, f => new FeedName(f.Id, f.Name));
            return slis.Where(s => s.Definition is PushedRatio).Select(s => new FeedableSli(s.Id, s.Name, s.Slug, s.ServiceName, [.. feeds[s.Id]])).ToList();
        }
    }
}
