using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Dependencies;

/// <summary>Something in the graph: a service or a vendor.</summary>
public sealed record GraphNode(Guid Id, string Slug, string Name, bool IsVendor, bool IsArchived);

/// <summary>What a service needs at all levels, and who needs it.</summary>
/// <param name="Nodes">Everything that the edges name, the service included.</param>
/// <param name="Below">The dependencies at all levels, the service's own first.</param>
/// <param name="Above">Those through which others need it, the direct ones first.</param>
public sealed record DependencyPicture(
    Guid ServiceId, string Slug, string Name, string TeamName, bool MayChange, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<DependencyEdge> Below, IReadOnlyList<DependencyEdge> Above);

/// <summary>The dependencies of one service.</summary>
public sealed record GetDependencies(string Service)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<DependencyPicture>> HandleAsync(GetDependencies request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var service = await (from s in db.Services.AsNoTracking()
                                 join t in db.Teams on s.OwnerTeamId equals t.Id
                                 where s.Slug == request.Service
                                 select new { s.Id, s.Slug, s.Name, s.OwnerTeamId, s.ArchivedAt, TeamName = t.Name }).SingleOrDefaultAsync(ct);
            if (service is null)
                return Refusal.NotFound($"The service \"{request.Service}\"");
            var graph = await DependencyGraph.ReadAsync(db, ct);
            var (below, above) = (graph.Below(service.Id), graph.Above(service.Id));
            Guid[] services = [.. below.Concat(above).SelectMany(e => new[] { e.From, e.OnService ?? service.Id }).Append(service.Id).Distinct()];
            Guid[] vendors = [.. below.Select(e => e.OnVendor).OfType<Guid>().Distinct()];
            var nodes = await db.Services.AsNoTracking().Where(s => services.Contains(s.Id)).Select(s => new GraphNode(s.Id, s.Slug, s.Name, false, s.ArchivedAt != null)).ToListAsync(ct);
            nodes.AddRange(await db.Vendors.AsNoTracking().Where(v => vendors.Contains(v.Id)).Select(v => new GraphNode(v.Id, v.Slug, v.Name, true, false)).ToListAsync(ct));
            return new DependencyPicture(service.Id, service.Slug, service.Name, service.TeamName, service.ArchivedAt is null && actor.MayChangeFor(service.OwnerTeamId), nodes, below, above);
        }
    }
}
