using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Measurement;
using SloPortal.Data;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Dependencies;

namespace SloPortal.Application.Objectives.Dependencies;

/// <summary>
/// What measures the things in a dependency graph (decision 0019): a service by the SLI of its oldest objective in force, or else its
/// oldest SLI in use; a vendor by its SLI and the outages that were entered by hand.
/// </summary>
public sealed class DependencyMeasures(IDbContextFactory<PortalDbContext> contexts, SliCounts counts)
{
    /// <summary>The hard dependencies of a service with the minutes of the window.</summary>
    /// <param name="serviceId">Whose dependencies.</param>
    /// <param name="window">On whole minutes.</param>
    /// <param name="vendors">Whether vendors are read; otherwise it is as if there were none.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<IReadOnlyList<DependencyPart>> ReadAsync(Guid serviceId, Interval window, ExternalFailures vendors, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var graph = await DependencyGraph.ReadAsync(db, ct);
        var below = graph.HardBelow(serviceId);
        if (below.Count == 0)
            return [];
        var services = below.Select(e => e.OnService).OfType<Guid>().Distinct().ToList();
        var names = await NamesAsync(db, services, ct);
        var slis = await SlisOfServicesAsync(db, services, window.End, ct);
        var known = await KnownVendors.ReadAsync(db, below, ct);
        var nodes = new Dictionary<Guid, DependencyNode>();
        return await PartsAsync(serviceId);

        async Task<IReadOnlyList<DependencyPart>> PartsAsync(Guid id)
        {
            var hard = graph.Of(id).Where(e => e.Kind == DependencyKind.Hard && !(vendors == ExternalFailures.LeftOut && e.OnVendor is not null)).ToList();
            var read = new List<DependencyPart>();
            foreach (var part in hard.GroupBy(e => e.Group ?? e.Id.ToString()))
            {
                var members = new List<DependencyNode>();
                foreach (var edge in part)
                    members.Add(await NodeAsync(edge));
                read.Add(new DependencyPart(part.First().Group, part.First().Needs, members));
            }

            return read;
        }

        async Task<DependencyNode> NodeAsync(DependencyEdge edge)
        {
            if (nodes.TryGetValue(edge.On, out var node))
                return node;
            if (edge.OnVendor is { } vendor)
                return nodes[edge.On] = known.Node(vendor, window, known.SliOf(vendor) is { } measured ? await counts.MinutesAsync(measured, window, ct) : null);
            var good = slis.TryGetValue(edge.On, out var sli) ? await GoodAsync(sli, window, ct) : null;
            // Where the service itself is measured, what it needs is in its figure.
            return nodes[edge.On] = new DependencyNode(names[edge.On], false, good, good is null || Known(good) < good.Length * DependencyCeiling.LeastKnown ? await PartsAsync(edge.On) : []);
        }
    }

    /// <summary>By which SLI each service is measured; those without one are left out.</summary>
    internal static async Task<Dictionary<Guid, int>> SlisOfServicesAsync(PortalDbContext db, IReadOnlyCollection<Guid> services, DateTimeOffset now, CancellationToken ct)
    {
        var agreed = await (from v in db.VersionsInForceAt(now)
                            join o in db.Objectives on v.ObjectiveId equals o.Id
                            where services.Contains(o.ServiceId) && o.ArchivedAt == null
                            select new { o.ServiceId, v.SliId, o.CreatedAt }).ToListAsync(ct);
        var defined = await db.Slis.AsNoTracking().Where(s => services.Contains(s.ServiceId) && s.ArchivedAt == null).Select(s => new { s.ServiceId, SliId = s.Id, s.CreatedAt }).ToListAsync(ct);
        return agreed.OrderBy(a => a.CreatedAt).Concat(defined.OrderBy(d => d.CreatedAt)).GroupBy(x => x.ServiceId).ToDictionary(g => g.Key, g => g.First().SliId);
    }

    /// <summary>The vendors that a service needs by hard dependencies, and the minutes of the window that they took away from it.</summary>
    internal async Task<MeasuredExternals> ExternalsAsync(Guid serviceId, Interval window, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var externals = (await ServiceExternals.ReadAsync(db, [serviceId], ct))[serviceId];
        var measured = new Dictionary<int, MinuteCounts>();
        foreach (var sli in externals.Slis)
        {
            if (await counts.MinutesAsync(sli, window, ct) is { } minutes)
                measured[sli] = minutes;
        }

        var parts = externals.PartsIn(window, measured);
        return new(externals.Vendors, parts, ExternalOutages.Of(parts, (int)window.Minutes));
    }

    private static Task<Dictionary<Guid, string>> NamesAsync(PortalDbContext db, List<Guid> services, CancellationToken ct) =>
        db.Services.AsNoTracking().Where(s => services.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);

    private static int Known(double[] good) => good.Count(g => !double.IsNaN(g));

    /// <summary>The share of good events in each minute, NaN where nothing was counted; null where nothing was in the whole window.</summary>
    private async Task<double[]?> GoodAsync(int sliId, Interval window, CancellationToken ct) =>
        await counts.MinutesAsync(sliId, window, ct) is { } minutes ? KnownVendors.GoodOf(minutes, window) : null;
}

/// <summary>The vendors that a service needs, and what they took away from it in a window.</summary>
/// <param name="Parts">Its hard dependencies with the minutes of the vendors among them.</param>
/// <param name="Lost">For each minute of the window whether a vendor kept the service from working.</param>
internal sealed record MeasuredExternals(IReadOnlyList<KnownVendor> Vendors, IReadOnlyList<DependencyPart> Parts, bool[] Lost);
