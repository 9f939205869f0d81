using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Policies;

/// <param name="Name">Of the person or the schedule.</param>
/// <param name="Reaches">Who would be called now; empty where the schedule has a gap or the account is closed.</param>
public sealed record TargetShown(EscalationTargetKind Kind, Guid Id, string Name, IReadOnlyList<string> Reaches);

public sealed record LevelShown(int Minutes, IReadOnlyList<TargetShown> Targets);

/// <param name="ReachesNobody">No level calls anybody at this moment.</param>
public sealed record PolicyRow(
    Guid Id, string Name, string Team, string TeamName, int Repeats, IReadOnlyList<LevelShown> Levels, bool ReachesNobody, uint Version, bool MayChange);

/// <summary>The escalation policies, with whom they would call at this moment.</summary>
/// <param name="Team">Slug; null for all teams.</param>
public sealed record ListEscalationPolicies(string? Team = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<IReadOnlyList<PolicyRow>>> HandleAsync(ListEscalationPolicies request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from p in db.EscalationPolicies.AsNoTracking()
                               join t in db.Teams on p.TeamId equals t.Id
                               where p.ArchivedAt == null && (request.Team == null || t.Slug == request.Team)
                               orderby t.Name, p.Name
                               select new { Policy = p, t.Slug, TeamName = t.Name }).ToListAsync(ct);
            var targets = found.SelectMany(f => f.Policy.Levels).SelectMany(l => l.Targets).Distinct().ToList();
            var schedules = targets.Where(t => t.Kind == EscalationTargetKind.Schedule).Select(t => t.Id).ToList();
            var onCall = await OnCallPeople.AtAsync(db, schedules, clock.GetUtcNow(), ct);
            var names = await db.Schedules.Where(s => schedules.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
            var people = targets.Where(t => t.Kind == EscalationTargetKind.Person).Select(t => t.Id).Concat(onCall.Values.SelectMany(p => p)).Distinct().ToList();
            var accounts = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => new { u.DisplayName, IsOpen = u.DisabledAt == null }, ct);

            TargetShown Shown(EscalationTarget target) => target.Kind switch
            {
                EscalationTargetKind.Person => accounts.GetValueOrDefault(target.Id) is { } person
                    ? new(target.Kind, target.Id, person.DisplayName, person.IsOpen ? [person.DisplayName] : []) : new(target.Kind, target.Id, "Somebody without an account", []),
                EscalationTargetKind.Schedule => new(
                    target.Kind, target.Id, names.GetValueOrDefault(target.Id, "A schedule that is gone"), [.. onCall.GetValueOrDefault(target.Id, []).Select(p => accounts[p].DisplayName)]),
                _ => throw new InvalidOperationException($"Unknown target {target.Kind}."),
            };
            return found.ConvertAll(f =>
            {
                List<LevelShown> levels = [.. f.Policy.Levels.Select(l => new LevelShown(l.Minutes, [.. l.Targets.Select(Shown)]))];
                return new PolicyRow(f.Policy.Id, f.Policy.Name, f.Slug, f.TeamName, f.Policy.Repeats, levels,
                    levels.TrueForAll(l => l.Targets.All(t => t.Reaches.Count == 0)), f.Policy.Version, actor.MayChangeFor(f.Policy.TeamId));
            });
        }
    }
}
