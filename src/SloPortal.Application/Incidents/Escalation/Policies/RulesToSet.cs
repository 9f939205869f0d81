using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Policies;

/// <summary>Rules as people give them, held against what there is.</summary>
internal static class RulesToSet
{
    /// <summary>A refusal where a rule names what is not there, or hours that the team has not.</summary>
    public static async Task<Outcome<IReadOnlyList<PagingRule>>> ReadAsync(PortalDbContext db, Team team, IReadOnlyList<RuleGiven> given, CancellationToken ct)
    {
        var services = await db.Services.Where(s => s.OwnerTeamId == team.Id).ToDictionaryAsync(s => s.Slug, s => s.Id, ct);
        if (given.FirstOrDefault(r => r.Service is not null && !services.ContainsKey(r.Service)) is { } foreign)
            return Refusal.Invalid(nameof(SetPagingRules.Rules), $"\"{foreign.Service}\" is no service of {team.Name}. Choose one of its services.");
        var policies = await db.EscalationPolicies.Where(p => p.ArchivedAt == null).Select(p => p.Id).ToListAsync(ct);
        if (given.Any(r => r.Policy is { } policy && !policies.Contains(policy)))
            return Refusal.Invalid(nameof(SetPagingRules.Rules), "An escalation policy that a rule names is not there any more. Choose another.");
        if (given.Any(r => r.Hours != PagingHours.Any) && await TeamHours.OfAsync(db, team.Id, ct) is null)
            return Refusal.Invalid(nameof(SetPagingRules.Rules), $"{team.Name} has no business hours yet, so a rule cannot depend on them. Set the hours first.");
        return (List<PagingRule>)
        [
            .. given.Select(r => new PagingRule(
                r.MinimumSeverity, r.Service is null ? null : services[r.Service], r.Hours, r.Action, r.Policy, [.. (r.GroupBy ?? []).Select(l => l.Trim()).Distinct()],
                r.Quiet is { IsNothing: false } quiet ? quiet : null)),
        ];
    }
}
