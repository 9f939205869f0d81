using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>Takes a vendor that no service needs out of the lists. Its outages stay, and <see cref="RestoreVendor"/> brings it back.</summary>
public sealed record ArchiveVendor(string Vendor)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveVendor request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveVendor, Done>(request, actor, Permission.OwnServices, async change =>
            {
                // Otherwise a dependency could be added meanwhile.
                await DependencyDraft.LockGraphAsync(change.Db, ct);
                var (vendor, refusal) = await VendorToChange.FindAsync(change, request.Vendor, ct);
                if (refusal is not null)
                    return refusal;
                var services = await (from d in change.Db.Dependencies
                                      join s in change.Db.Services on d.ServiceId equals s.Id
                                      where d.OnVendorId == vendor!.Id
                                      orderby s.Name
                                      select s.Name).ToListAsync(ct);
                if (services.Count > 0)
                    return Refusal.Conflict($"{string.Join(", ", services)} still {(services.Count == 1 ? "depends" : "depend")} on {vendor!.Name}. Remove the {(services.Count == 1 ? "dependency" : "dependencies")} first.");
                vendor!.Archive(change.Now);
                change.Audit("vendor.archived", "vendor", vendor.Id, vendor.Name);
                VendorToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}
