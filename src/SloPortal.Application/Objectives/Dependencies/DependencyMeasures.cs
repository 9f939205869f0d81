using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Measurement;
using SloPortal.Data;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
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
    /// <param name="reading">What is read of them.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<MeasuredDependencies> ReadAsync(Guid serviceId, Interval window, DependencyReading reading, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var graph = await DependencyGraph.ReadAsync(db, ct);
        var below = graph.Below(serviceId).Where(e => e.Kind == DependencyKind.Hard).ToList();
        if (below.Count == 0)
            return MeasuredDependencies.None;
        var services = below.Select(e => e.OnService).OfType<Guid>().Distinct().ToList();
        var vendors = below.Select(e => e.OnVendor).OfType<Guid>().Distinct().ToArray();
        var names = await NamesAsync(db, services, ct);
        var slis = reading == DependencyReading.VendorsOnly ? [] : await SlisOfServicesAsync(db, services, window.End, ct);
        var known = await db.Vendors.AsNoTracking().Where(v => vendors.Contains(v.Id)).ToDictionaryAsync(v => v.Id, ct);
        var outages = (await db.VendorOutages.AsNoTracking().Where(o => vendors.Contains(o.VendorId) && o.WithdrawnAt == null).ToListAsync(ct)).ToLookup(o => o.VendorId);
        var nodes = new Dictionary<Guid, DependencyNode>();
        var parts = await PartsAsync(serviceId);
        return new(parts, [.. known.Values], outages);

        async Task<IReadOnlyList<DependencyPart>> PartsAsync(Guid id)
        {
            var hard = graph.Of(id).Where(e => e.Kind == DependencyKind.Hard && !(reading == DependencyReading.ServicesOnly && e.OnVendor is not null)).ToList();
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
            if (edge.OnVendor is { } vendorId)
                return nodes[edge.On] = new DependencyNode(known[vendorId].Name, true, await GoodOfVendorAsync(known[vendorId], [.. outages[vendorId]], window, ct), []);
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

    /// <summary>The minutes of the window that an outage touches; null where there are none.</summary>
    internal static Interval? WithinMinutes(VendorOutage outage, Interval window)
    {
        var end = outage.EndedAt ?? window.End;
        return end <= outage.StartedAt ? null : new Interval(MinuteClock.Floor(outage.StartedAt), MinuteClock.Ceiling(end)).Intersect(window);
    }

    private static Task<Dictionary<Guid, string>> NamesAsync(PortalDbContext db, List<Guid> services, CancellationToken ct) =>
        db.Services.AsNoTracking().Where(s => services.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);

    private static int Known(double[] good) => good.Count(g => !double.IsNaN(g));

    private async Task<double[]?> GoodOfVendorAsync(Vendor vendor, IReadOnlyList<VendorOutage> entered, Interval window, CancellationToken ct)
    {
        var good = vendor.SliId is { } sli ? await GoodAsync(sli, window, ct) : null;
        if (good is null && entered.Count == 0)
            return null;
        // Where only people watch, what nobody entered is taken to have worked; the page says that it is known so.
        good ??= NeverOut(window);
        TakeAway(good, entered, window);
        return good;
    }

    internal static double[] NeverOut(Interval window) => [.. Enumerable.Repeat(1d, (int)window.Minutes)];

    internal static void TakeAway(double[] good, IEnumerable<VendorOutage> outages, Interval window)
    {
        foreach (var outage in outages)
        {
            if (WithinMinutes(outage, window) is { } part)
                good.AsSpan((int)(part.Start - window.Start).TotalMinutes, (int)part.Minutes).Clear();
        }
    }

    /// <summary>The share of good events in each minute, NaN where nothing was counted; null where nothing was in the whole window.</summary>
    private async Task<double[]?> GoodAsync(int sliId, Interval window, CancellationToken ct)
    {
        if (await counts.MinutesAsync(sliId, window, ct) is not { } minutes)
            return null;
        var good = new double[(int)window.Minutes];
        var first = (int)(minutes.Start - window.Start).TotalMinutes;
        for (var minute = 0; minute < good.Length; minute++)
        {
            var place = minute - first;
            good[minute] = place >= 0 && place < minutes.Minutes ? minutes.In(place, place + 1).Ratio ?? double.NaN : double.NaN;
        }

        return good;
    }
}

/// <summary>What of the dependencies is read.</summary>
internal enum DependencyReading
{
    All,
    /// <summary>The minutes of vendors, through whichever services they are needed.</summary>
    VendorsOnly,
    /// <summary>As if there were no vendors.</summary>
    ServicesOnly,
}

/// <summary>The hard dependencies of a service as measured, the vendors among them, and the outages that were entered for these.</summary>
internal sealed record MeasuredDependencies(IReadOnlyList<DependencyPart> Parts, IReadOnlyList<Vendor> Vendors, ILookup<Guid, VendorOutage> Outages)
{
    public static MeasuredDependencies None { get; } = new([], [], Array.Empty<VendorOutage>().ToLookup(o => o.VendorId));
}
