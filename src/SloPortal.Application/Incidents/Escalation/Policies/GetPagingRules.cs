using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Policies;

public sealed record RuleShown(
    SignalSeverity MinimumSeverity, string? Service, string? ServiceName, PagingHours Hours, PagingAction Action, Guid? Policy, string? PolicyName, IReadOnlyList<string> GroupBy, QuietTerms? Quiet);

/// <param name="HasHours">The team has business hours, on which a rule may depend.</param>
/// <param name="Version">Null where the team has no table yet.</param>
public sealed record RulesShown(string Team, string TeamName, IReadOnlyList<RuleShown> Rules, bool HasHours, uint? Version, bool MayChange);

/// <summary>What becomes of a team's signals.</summary>
public sealed record GetPagingRules(string Team)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<RulesShown>> HandleAsync(GetPagingRules request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == request.Team, ct);
            if (team is null)
                return Refusal.NotFound($"The team \"{request.Team}\"");
            var table = await db.PagingRules.AsNoTracking().SingleOrDefaultAsync(r => r.TeamId == team.Id, ct);
            var services = await db.Services.Where(s => s.OwnerTeamId == team.Id).ToDictionaryAsync(s => s.Id, s => new { s.Slug, s.Name }, ct);
            var policies = await db.EscalationPolicies.ToDictionaryAsync(p => p.Id, p => p.Name, ct);
            return new RulesShown(
                team.Slug, team.Name,
                [.. (table?.Rules ?? []).Select(r => new RuleShown(
                    r.MinimumSeverity, r.ServiceId is { } s ? services.GetValueOrDefault(s)?.Slug : null, r.ServiceId is { } n ? services.GetValueOrDefault(n)?.Name ?? "a service that moved" : null,
                    r.Hours, r.Action, r.PolicyId, r.PolicyId is { } p ? policies.GetValueOrDefault(p) : null, r.GroupBy, r.Quiet))],
                await TeamHours.OfAsync(db, team.Id, ct) is not null, table?.Version, actor.MayChangeFor(team.Id));
        }
    }
}
