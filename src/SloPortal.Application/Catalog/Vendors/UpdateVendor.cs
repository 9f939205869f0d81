using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>Describes a vendor anew. Its present team must be the actor's, and so must the one that it is handed to.</summary>
/// <param name="Vendor">Its present short name.</param>
/// <param name="Version">As it was read; another one means that somebody else changed it since.</param>
public sealed record UpdateVendor(string Vendor, string Slug, string Name, string Description, string OwnerTeam, uint Version) : IVendorDescription
{
    public sealed class Validator : VendorRules<UpdateVendor>;

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(UpdateVendor request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UpdateVendor, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (vendor, refusal) = await VendorToChange.FindAsync(change, request.Vendor, ct);
                if (refusal is not null)
                    return refusal;
                if (vendor!.Version != request.Version)
                    return Refusal.Conflict("Somebody else changed this vendor since you opened it. Your text is still here; open the vendor in another tab, look at their change, and make yours again.");
                var owner = await VendorToChange.OwnerAsync(change, request.OwnerTeam, ct);
                if (!owner.Succeeded)
                    return owner.Refusal;
                if (await change.Db.Vendors.AnyAsync(v => v.Slug == request.Slug && v.Id != vendor.Id, ct))
                    return VendorToChange.SlugIsTaken(request.Slug);
                var changes = new FieldChanges()
                    .Add("slug", vendor.Slug, request.Slug).Add("name", vendor.Name, request.Name.Trim())
                    .Add("description", vendor.Description, request.Description.Trim()).Add("team", vendor.OwnerTeamId, owner.Value.Id);
                vendor.Describe(request.Slug, request.Name.Trim(), request.Description.Trim(), owner.Value.Id);
                change.Audit("vendor.changed", "vendor", vendor.Id, vendor.Name, changes.Details);
                VendorToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}
