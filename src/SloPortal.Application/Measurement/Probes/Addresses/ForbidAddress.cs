using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Probes.Addresses;

/// <summary>Takes back that probes may reach a host or a network.</summary>
public sealed record ForbidAddress(Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ForbidAddress request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ForbidAddress, Done>(request, actor, Permission.Administer, async change =>
            {
                var allowed = await change.Db.AllowedAddresses.SingleOrDefaultAsync(a => a.Id == request.Id, ct);
                if (allowed is null)
                    return Refusal.NotFound("The address");
                change.Db.Remove(allowed);
                change.Audit("probe-address.forbidden", "probe-address", allowed.Id, allowed.Address, new { allowed.Reason, allowed.AllowedBy, allowed.AllowedAt });
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
