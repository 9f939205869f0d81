using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>Puts another entry in the place of one that was wrong or had no end yet. Both stay.</summary>
public sealed record CorrectOutage(string Vendor, Guid Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Source, string Reason) : IOutageDescription
{
    public sealed class Validator : OutageRules<CorrectOutage>;

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The id of the new entry.</returns>
        public Task<Outcome<Guid>> HandleAsync(CorrectOutage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CorrectOutage, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var (vendor, refusal) = await VendorToChange.FindAsync(change, request.Vendor, ct);
                if (refusal is not null)
                    return refusal;
                if (await change.Db.LockedOutageAsync(vendor!.Id, request.Id, ct) is not { } outage)
                    return Refusal.NotFound("This outage");
                if (outage.Withdraw("Corrected: " + request.Reason.Trim(), change.Now) is { } gone)
                    return gone;
                return RecordOutage.Handler.Add(change, vendor, request, outage.Id);
            }, ct);
    }
}
