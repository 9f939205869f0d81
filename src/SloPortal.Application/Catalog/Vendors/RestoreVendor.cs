using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>Brings an archived vendor back into the lists.</summary>
public sealed record RestoreVendor(string Vendor)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RestoreVendor request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RestoreVendor, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (vendor, refusal) = await VendorToChange.FindAsync(change, request.Vendor, ct);
                if (refusal is not null)
                    return refusal;
                vendor!.Restore();
                change.Audit("vendor.restored", "vendor", vendor.Id, vendor.Name);
                VendorToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}
