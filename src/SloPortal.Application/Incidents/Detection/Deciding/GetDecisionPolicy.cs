using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection.Deciding;

/// <summary>The policy that decides about proposals now.</summary>
/// <param name="Version">Counted from 1; given back with a change.</param>
/// <param name="IsBuiltIn">Nobody has changed it yet.</param>
/// <param name="SetBy">Null while it is what SloPortal brings.</param>
/// <param name="Note">Why it was changed.</param>
public sealed record DecisionPolicyShown(int Version, IReadOnlyList<DecisionRow> Rows, bool IsBuiltIn, string? SetBy, DateTimeOffset Since, string? Note, bool MayChange);

/// <summary>Which breach is recommended to be an incident, with which severity, and whether with a war room.</summary>
public sealed record GetDecisionPolicy
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<DecisionPolicyShown>> HandleAsync(GetDecisionPolicy request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var version = await DecisionPolicies.InForceAsync(db, ct);
            return new DecisionPolicyShown(version.Number, version.Policy.Rows, version.IsBuiltIn, version.ByName, version.From, version.Note, actor.May(Permission.Administer));
        }
    }
}
