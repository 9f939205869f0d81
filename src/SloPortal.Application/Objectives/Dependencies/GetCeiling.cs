using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Dependencies;

/// <summary>What something in the graph attained over the window.</summary>
/// <param name="SliId">What measures it; null where nothing does.</param>
/// <param name="Attained">Share of good events, 0 to 1, or of minutes where only people enter outages; null without data.</param>
/// <param name="ByHand">A vendor that is known only by the outages that people entered.</param>
public sealed record NodeMeasure(Guid Id, int? SliId, double? Attained, bool ByHand = false);

/// <summary>How high a target the dependencies of a service allow.</summary>
/// <param name="Reading">Null where the service has no hard dependency.</param>
/// <param name="WithoutVendors">The same without vendors and the minutes that they took away; null where no vendor is among them.</param>
/// <param name="Measures">Of everything in the graph.</param>
public sealed record ServiceCeiling(int Days, CeilingReading? Reading, CeilingReading? WithoutVendors, IReadOnlyList<NodeMeasure> Measures);

/// <summary>The ceiling of a service over the last days.</summary>
public sealed record GetCeiling(string Service, int Days = 30)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, GetDependencies.Handler dependencies, CeilingReader ceilings, SliCounts counts, TimeProvider clock)
    {
        public async Task<Outcome<ServiceCeiling>> HandleAsync(GetCeiling request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (request.Days is < 1 or > 400)
                return Refusal.Invalid(nameof(Days), "Choose 1 to 400 days; counts are kept for 400.");
            var picture = await dependencies.HandleAsync(new GetDependencies(request.Service), actor, ct);
            if (!picture.Succeeded)
                return picture.Refusal;
            var (now, length) = (clock.GetUtcNowInMicroseconds(), TimeSpan.FromDays(request.Days));
            var all = await ceilings.OfAsync(picture.Value.ServiceId, length, ExternalFailures.Counted, now, fresh: false, ct);
            var own = picture.Value.Below.Any(e => e.OnVendor is not null) ? await ceilings.OfAsync(picture.Value.ServiceId, length, ExternalFailures.LeftOut, now, fresh: false, ct) : null;
            return new ServiceCeiling(request.Days, all, own, await MeasuresAsync(picture.Value, Interval.EndingAt(MinuteClock.Floor(now), length), ct));
        }

        private async Task<IReadOnlyList<NodeMeasure>> MeasuresAsync(DependencyPicture picture, Interval window, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var services = await DependencyMeasures.SlisOfServicesAsync(db, [.. picture.Nodes.Where(n => !n.IsVendor).Select(n => n.Id)], window.End, ct);
            Guid[] vendorIds = [.. picture.Nodes.Where(n => n.IsVendor).Select(n => n.Id)];
            var vendors = await db.Vendors.AsNoTracking().Where(v => vendorIds.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.SliId, ct);
            var slis = picture.Nodes.Select(n => (n.Id, Sli: n.IsVendor ? vendors.GetValueOrDefault(n.Id) : services.TryGetValue(n.Id, out var sli) ? sli : null)).ToList();
            var measured = slis.Where(s => s.Sli is not null).ToList();
            var attained = await counts.InAsync([.. measured.Select(s => new CountsAsked(s.Sli!.Value, window))], ct);
            var byId = measured.Zip(attained).ToDictionary(x => x.First.Id, x => x.Second.Ratio);
            var entered = await EnteredAsync(db, [.. vendors.Where(v => v.Value is null).Select(v => v.Key)], window, ct);
            return [.. slis.Select(s => entered.TryGetValue(s.Id, out var good) ? new NodeMeasure(s.Id, null, good, ByHand: true) : new NodeMeasure(s.Id, s.Sli, byId.GetValueOrDefault(s.Id)))];
        }

        /// <summary>The share of minutes that no entered outage touches; of vendors for which something was entered.</summary>
        private static async Task<Dictionary<Guid, double>> EnteredAsync(PortalDbContext db, Guid[] vendors, Interval window, CancellationToken ct)
        {
            var outages = await db.VendorOutages.AsNoTracking().Where(o => vendors.Contains(o.VendorId) && o.WithdrawnAt == null).ToListAsync(ct);
            return outages.GroupBy(o => o.VendorId).ToDictionary(g => g.Key, g =>
            {
                var good = KnownVendors.NeverOut(window);
                KnownVendors.TakeAway(good, g, window);
                return good.Average();
            });
        }
    }
}
