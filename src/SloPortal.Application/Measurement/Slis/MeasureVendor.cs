using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Says which SLI of the portal measures a vendor.</summary>
/// <param name="SliId">Null where none does any more.</param>
public sealed record MeasureVendor(string Vendor, int? SliId)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(MeasureVendor request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<MeasureVendor, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (vendor, refusal) = await VendorToChange.FindAsync(change, request.Vendor, ct);
                if (refusal is not null)
                    return refusal;
                var sli = request.SliId is { } id ? await change.Db.Slis.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) : null;
                if (request.SliId is not null && sli is null)
                    return Refusal.Invalid(nameof(SliId), "This SLI does not exist. Choose another.");
                change.Audit("vendor.measured", "vendor", vendor!.Id, vendor.Name, new { Before = vendor.SliId, After = request.SliId, Sli = sli?.Name });
                vendor.MeasureBy(request.SliId);
                VendorToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}
