using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>Adds somebody outside on whom services depend.</summary>
public sealed record CreateVendor(string Slug, string Name, string Description, string OwnerTeam) : IVendorDescription
{
    public sealed class Validator : VendorRules<CreateVendor>;

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(CreateVendor request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateVendor, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var owner = await VendorToChange.OwnerAsync(change, request.OwnerTeam, ct);
                if (!owner.Succeeded)
                    return owner.Refusal;
                if (await change.Db.Vendors.AnyAsync(v => v.Slug == request.Slug, ct))
                    return VendorToChange.SlugIsTaken(request.Slug);
                var vendor = new Vendor(Guid.CreateVersion7(change.Now), request.Slug, request.Name.Trim(), request.Description.Trim(), owner.Value.Id, change.Now);
                change.Db.Vendors.Add(vendor);
                change.Audit("vendor.created", "vendor", vendor.Id, vendor.Name, new { request.Slug, Team = owner.Value.Slug });
                VendorToChange.Publish(change);
                return vendor.Id;
            }, ct);
    }
}
