using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Data;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Dependencies;

namespace SloPortal.Application.Objectives.Dependencies;

/// <summary>A vendor, and the outages that were entered for it and not taken back.</summary>
internal sealed record KnownVendor(Vendor Vendor, IReadOnlyList<VendorOutage> Outages);

/// <summary>Vendors as they are known minute by minute: by the SLI that measures one, and by the outages that people entered (decision 0019).</summary>
internal sealed class KnownVendors
{
    private readonly Dictionary<Guid, KnownVendor> vendors;

    private KnownVendors(Dictionary<Guid, KnownVendor> vendors) => this.vendors = vendors;

    /// <summary>Those at the ends of these dependencies.</summary>
    public static async Task<KnownVendors> ReadAsync(PortalDbContext db, IEnumerable<DependencyEdge> edges, CancellationToken ct)
    {
        var ids = edges.Select(e => e.OnVendor).OfType<Guid>().Distinct().ToArray();
        var known = await db.Vendors.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(ct);
        var outages = (await db.VendorOutages.AsNoTracking().Where(o => ids.Contains(o.VendorId) && o.WithdrawnAt == null).ToListAsync(ct)).ToLookup(o => o.VendorId);
        return new(known.ToDictionary(v => v.Id, v => new KnownVendor(v, [.. outages[v.Id]])));
    }

    public KnownVendor this[Guid id] => vendors[id];

    public int? SliOf(Guid id) => vendors[id].Vendor.SliId;

    /// <summary>A vendor in the minutes of a window.</summary>
    /// <param name="id">Which.</param>
    /// <param name="window">On whole minutes.</param>
    /// <param name="measured">What its SLI counted in it; null where nothing.</param>
    public DependencyNode Node(Guid id, Interval window, MinuteCounts? measured)
    {
        var (vendor, entered) = vendors[id];
        // Where only people watch, what nobody entered is taken to have worked; the page says that it is known so.
        var good = measured is not null ? GoodOf(measured, window) : entered.Count > 0 ? NeverOut(window) : null;
        if (good is not null)
            TakeAway(good, entered, window);
        return new DependencyNode(vendor.Name, true, good, []);
    }

    /// <summary>The share of good events in each minute of the window, NaN where nothing was counted.</summary>
    public static double[] GoodOf(MinuteCounts minutes, Interval window)
    {
        var good = new double[(int)window.Minutes];
        var first = (int)(minutes.Start - window.Start).TotalMinutes;
        for (var minute = 0; minute < good.Length; minute++)
        {
            var place = minute - first;
            good[minute] = place >= 0 && place < minutes.Minutes ? minutes.In(place, place + 1).Ratio ?? double.NaN : double.NaN;
        }

        return good;
    }

    public static double[] NeverOut(Interval window) => [.. Enumerable.Repeat(1d, (int)window.Minutes)];

    public static void TakeAway(double[] good, IEnumerable<VendorOutage> outages, Interval window)
    {
        foreach (var outage in outages)
        {
            if (WithinMinutes(outage, window) is { } part)
                good.AsSpan((int)(part.Start - window.Start).TotalMinutes, (int)part.Minutes).Clear();
        }
    }

    /// <summary>The minutes of the window that an outage touches; null where there are none.</summary>
    public static Interval? WithinMinutes(VendorOutage outage, Interval window)
    {
        var end = outage.EndedAt ?? window.End;
        return end <= outage.StartedAt ? null : new Interval(MinuteClock.Floor(outage.StartedAt), MinuteClock.Ceiling(end)).Intersect(window);
    }
}
