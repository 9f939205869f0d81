using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Policies;

/// <summary>Takes a policy out of use. Refused while a team's rules call by it: signals would reach nobody.</summary>
public sealed record ArchiveEscalationPolicy(Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveEscalationPolicy request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveEscalationPolicy, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await PolicyRules.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var tables = await change.Db.PagingRules.AsNoTracking().ToListAsync(ct);
                if (tables.Exists(t => t.Rules.Any(r => r.PolicyId == request.Id)))
                    return Refusal.Conflict($"Paging rules call by \"{found.Value.Name}\". Give those rules another policy first.");
                found.Value.Archive(change.Now);
                change.Audit("escalation_policy.archived", "escalation_policy", found.Value.Id, found.Value.Name);
                change.Publish("escalation");
                return Done.Value;
            }, ct);
    }
}
