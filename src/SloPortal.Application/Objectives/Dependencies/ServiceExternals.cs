using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Data;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Dependencies;

namespace SloPortal.Application.Objectives.Dependencies;

/// <summary>
/// The vendors that a service needs by hard dependencies, at any level, as the graph stands, and with them the minutes that they took
/// away from it. It is read once for any number of windows; whether a minute was lost depends on nothing outside it.
/// </summary>
internal sealed class ServiceExternals
{
    private readonly Guid serviceId;
    private readonly DependencyGraph graph;
    private readonly KnownVendors known;

    private ServiceExternals(Guid serviceId, DependencyGraph graph, KnownVendors known, IReadOnlyList<DependencyEdge> below)
    {
        this.serviceId = serviceId;
        this.graph = graph;
        this.known = known;
        Vendors = [.. below.Select(e => e.OnVendor).OfType<Guid>().Distinct().Select(id => known[id]).OrderBy(v => v.Vendor.Name, StringComparer.OrdinalIgnoreCase)];
        Slis = [.. Vendors.Select(v => v.Vendor.SliId).OfType<int>().Distinct()];
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<KnownVendor> Vendors { get; }

    /// <summary>Those that measure them.</summary>
    public IReadOnlyList<int> Slis { get; }

    public static async Task<IReadOnlyDictionary<Guid, ServiceExternals>> ReadAsync(PortalDbContext db, IReadOnlyCollection<Guid> services, CancellationToken ct)
    {
        var graph = await DependencyGraph.ReadAsync(db, ct);
        var below = services.Distinct().ToDictionary(id => id, graph.HardBelow);
        var known = await KnownVendors.ReadAsync(db, below.Values.SelectMany(edges => edges), ct);
        return below.ToDictionary(b => b.Key, b => new ServiceExternals(b.Key, graph, known, b.Value));
    }

    /// <summary>What the vendors are called.</summary>
    public static async Task<IReadOnlyList<string>> VendorNamesAsync(PortalDbContext db, Guid serviceId, CancellationToken ct) =>
        [.. (await ReadAsync(db, [serviceId], ct))[serviceId].Vendors.Select(v => v.Vendor.Name)];

    /// <summary>True for each minute of the window that they took away.</summary>
    /// <param name="window">On whole minutes.</param>
    /// <param name="measured">What <see cref="Slis"/> counted in it.</param>
    public bool[] LostIn(Interval window, IReadOnlyDictionary<int, MinuteCounts> measured) => ExternalOutages.Of(PartsIn(window, measured), (int)window.Minutes);

    /// <summary>The hard dependencies with the minutes of vendors; of services only what they need themselves.</summary>
    public IReadOnlyList<DependencyPart> PartsIn(Interval window, IReadOnlyDictionary<int, MinuteCounts> measured)
    {
        var nodes = new Dictionary<Guid, DependencyNode>();
        return PartsOf(serviceId);

        IReadOnlyList<DependencyPart> PartsOf(Guid id) =>
            [.. graph.HardPartsOf(id).Select(part => new DependencyPart(part[0].Group, part[0].Needs, [.. part.Select(NodeOf)]))];

        DependencyNode NodeOf(DependencyEdge edge)
        {
            if (!nodes.TryGetValue(edge.On, out var node))
                nodes[edge.On] = node = edge.OnVendor is { } vendor ? known.Node(vendor, window, MeasuredOf(vendor)) : new DependencyNode("", false, null, PartsOf(edge.On));
            return node;
        }

        MinuteCounts? MeasuredOf(Guid vendor) => known.SliOf(vendor) is { } sli ? measured.GetValueOrDefault(sli) : null;
    }
}
