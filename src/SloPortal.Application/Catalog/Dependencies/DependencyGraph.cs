using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Catalog.Dependencies;

namespace SloPortal.Application.Catalog.Dependencies;

/// <summary>One dependency as it stands. Exactly one of the two targets is set.</summary>
/// <param name="Group">Name of its redundant group; null in series.</param>
/// <param name="Needs">How many of the group must work; 1 in series.</param>
public sealed record DependencyEdge(Guid Id, Guid From, Guid? OnService, Guid? OnVendor, DependencyKind Kind, string? Group, int Needs, string Note, uint Version)
{
    public Guid On => OnService ?? OnVendor!.Value;
}

/// <summary>All dependencies there are: a few thousand rows at the most, read in one statement and walked in memory.</summary>
public sealed class DependencyGraph
{
    private readonly ILookup<Guid, DependencyEdge> below;
    private readonly ILookup<Guid, DependencyEdge> above;

    private DependencyGraph(IReadOnlyList<DependencyEdge> edges)
    {
        below = edges.ToLookup(e => e.From);
        above = edges.ToLookup(e => e.On);
    }

    public static async Task<DependencyGraph> ReadAsync(PortalDbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new(await (from d in db.Dependencies.AsNoTracking()
                          join g in db.RedundantGroups on d.GroupId equals g.Id into groups
                          from g in groups.DefaultIfEmpty()
                          orderby d.CreatedAt, d.Id
                          select new DependencyEdge(d.Id, d.ServiceId, d.OnServiceId, d.OnVendorId, d.Kind, g == null ? null : g.Name, g == null ? 1 : g.Needs, d.Note, d.Version)).ToListAsync(ct));
    }

    /// <summary>What something needs, directly.</summary>
    public IEnumerable<DependencyEdge> Of(Guid id) => below[id];

    /// <summary>Who needs something, directly.</summary>
    public IEnumerable<DependencyEdge> On(Guid id) => above[id];

    /// <summary>Every dependency at any level below a service, each once.</summary>
    public IReadOnlyList<DependencyEdge> Below(Guid id) => Walk(id, Of, e => e.On);

    /// <summary>Every dependency through which somebody at any level needs it.</summary>
    public IReadOnlyList<DependencyEdge> Above(Guid id) => Walk(id, On, e => e.From);

    /// <summary>Every hard dependency at any level below a service, over hard ones, each once.</summary>
    public IReadOnlyList<DependencyEdge> HardBelow(Guid id) => Walk(id, at => Of(at).Where(e => e.Kind == DependencyKind.Hard), e => e.On);

    /// <summary>What must work for something to work, directly: each in series by itself, and each redundant group.</summary>
    public IEnumerable<IReadOnlyList<DependencyEdge>> HardPartsOf(Guid id) =>
        Of(id).Where(e => e.Kind == DependencyKind.Hard).GroupBy(e => e.Group ?? e.Id.ToString()).Select(part => part.ToList());

    /// <summary>Services that stop when this one does: over hard edges, at any level.</summary>
    public int HardDependants(Guid id) => Walk(id, at => On(at).Where(e => e.Kind == DependencyKind.Hard), e => e.From).Select(e => e.From).Distinct().Count();

    private static List<DependencyEdge> Walk(Guid start, Func<Guid, IEnumerable<DependencyEdge>> edgesOf, Func<DependencyEdge, Guid> end)
    {
        var (seen, waiting, edges) = (new HashSet<Guid> { start }, new Queue<Guid>([start]), new List<DependencyEdge>());
        while (waiting.TryDequeue(out var at))
        {
            foreach (var edge in edgesOf(at))
            {
                edges.Add(edge);
                if (seen.Add(end(edge)))
                    waiting.Enqueue(end(edge));
            }
        }

        return edges;
    }
}
