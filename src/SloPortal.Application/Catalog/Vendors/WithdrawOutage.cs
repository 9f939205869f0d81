using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>Takes an outage back that did not happen. It stays in the list, with the reason, and counts no more.</summary>
public sealed record WithdrawOutage(string Vendor, Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<WithdrawOutage>
    {
        public Validator() => RuleFor(r => r.Reason).Must(s => !string.IsNullOrWhiteSpace(s)).WithMessage("Say why it is taken back.")
            .MaximumLength(4000).WithMessage("A reason has at most 4,000 characters.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(WithdrawOutage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WithdrawOutage, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (vendor, refusal) = await VendorToChange.FindAsync(change, request.Vendor, ct);
                if (refusal is not null)
                    return refusal;
                if (await change.Db.LockedOutageAsync(vendor!.Id, request.Id, ct) is not { } outage)
                    return Refusal.NotFound("This outage");
                if (outage.Withdraw(request.Reason.Trim(), change.Now) is { } gone)
                    return gone;
                change.Audit("vendor.outageWithdrawn", "vendor", vendor.Id, vendor.Name, new { Outage = outage.Id, Reason = request.Reason.Trim() });
                VendorToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}

internal static class OutageLock
{
    /// <summary>The entry, kept from being corrected by somebody else meanwhile; null where there is none.</summary>
    public static async Task<VendorOutage?> LockedOutageAsync(this PortalDbContext db, Guid vendorId, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM vendor_outages WHERE id = {id} FOR UPDATE", ct);
        return await db.VendorOutages.SingleOrDefaultAsync(o => o.Id == id && o.VendorId == vendorId, ct);
    }
}
