using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Policies;

public sealed record NamedSlug(string Slug, string Name);

public sealed record TargetChoice(EscalationTargetKind Kind, Guid Id, string Name);

/// <param name="Team">Whose escalation is meant: the one asked for, else the actor's first, else the first; null where there is none.</param>
/// <param name="Services">Of that team.</param>
/// <param name="Targets">Schedules of all teams, that team's first, then people.</param>
public sealed record ChoicesShown(string? Team, IReadOnlyList<NamedSlug> Teams, IReadOnlyList<NamedSlug> Services, IReadOnlyList<TargetChoice> Targets);

/// <summary>What a form about escalation lets one choose from.</summary>
public sealed record EscalationChoices(string? Team = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ChoicesShown>> HandleAsync(EscalationChoices request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var teams = await db.Teams.OrderBy(t => t.Name).Select(t => new { t.Id, t.Slug, t.Name }).ToListAsync(ct);
            var team = request.Team is { Length: > 0 } slug ? teams.Find(t => t.Slug == slug) : teams.Find(t => actor.TeamIds.Contains(t.Id)) ?? teams.FirstOrDefault();
            if (request.Team is { Length: > 0 } && team is null)
                return Refusal.NotFound($"The team \"{request.Team}\"");
            if (team is null)
                return new ChoicesShown(null, [], [], []);
            var services = await db.Services.Where(s => s.OwnerTeamId == team.Id && s.ArchivedAt == null).OrderBy(s => s.Name).Select(s => new NamedSlug(s.Slug, s.Name)).ToListAsync(ct);
            var schedules = await db.Schedules.Where(s => s.ArchivedAt == null).OrderBy(s => s.TeamId != team.Id).ThenBy(s => s.Name)
                .Select(s => new TargetChoice(EscalationTargetKind.Schedule, s.Id, s.Name)).ToListAsync(ct);
            var people = await db.Users.Where(u => u.DisabledAt == null).OrderBy(u => u.DisplayName)
                .Select(u => new TargetChoice(EscalationTargetKind.Person, u.Id, u.DisplayName)).ToListAsync(ct);
            return new ChoicesShown(team.Slug, teams.ConvertAll(t => new NamedSlug(t.Slug, t.Name)), services, [.. schedules, .. people]);
        }
    }
}
