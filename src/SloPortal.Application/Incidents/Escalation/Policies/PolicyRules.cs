using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Policies;

/// <summary>A level as people give it.</summary>
public sealed record LevelGiven(int Minutes, IReadOnlyList<EscalationTarget> Targets);

internal static class PolicyRules
{
    public static void MustBePolicyName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Give the policy a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");

    public static void MustBeRepeats<T>(this IRuleBuilder<T, int> rule) =>
        rule.InclusiveBetween(0, EscalationPolicy.MostRepeats).WithMessage($"All levels can be called again 0 to {EscalationPolicy.MostRepeats} times.");

    public static void MustBeLevels<T>(this IRuleBuilder<T, IReadOnlyList<LevelGiven>> rule) =>
        rule.Must(l => l is { Count: >= 1 and <= EscalationPolicy.MostLevels }).WithMessage($"A policy has 1 to {EscalationPolicy.MostLevels} levels.")
            .Must(l => l is null || l.All(x => x is { Minutes: >= 1 and <= EscalationLevel.MostMinutes })).WithMessage("A level waits 1 to 1,440 minutes for an answer.")
            .Must(l => l is null || l.All(x => x is { Targets.Count: >= 1 and <= EscalationPolicy.MostTargets })).WithMessage($"Each level calls 1 to {EscalationPolicy.MostTargets} people or schedules. Remove a level that calls nobody.")
            .Must(l => l is null || l.All(x => x?.Targets is null || (x.Targets.All(t => t is not null && Enum.IsDefined(t.Kind)) && x.Targets.Distinct().Count() == x.Targets.Count)))
            .WithMessage("A level names a person or a schedule, each once.");

    public static IReadOnlyList<EscalationLevel> Levels(IReadOnlyList<LevelGiven> given) => [.. given.Select(l => new EscalationLevel(l.Minutes, [.. l.Targets]))];

    /// <summary>Refused where a level names somebody without an account, or a schedule that is not there.</summary>
    public static async Task<Refusal?> MissingAsync(PortalDbContext db, string field, IReadOnlyList<LevelGiven> levels, CancellationToken ct)
    {
        var targets = levels.SelectMany(l => l.Targets).ToList();
        var people = targets.Where(t => t.Kind == EscalationTargetKind.Person).Select(t => t.Id).Distinct().ToList();
        if ((await IncidentPeople.NamesAsync(db, field, people, ct)) is { Succeeded: false } refused)
            return refused.Refusal;
        var schedules = targets.Where(t => t.Kind == EscalationTargetKind.Schedule).Select(t => t.Id).Distinct().ToList();
        return await db.Schedules.CountAsync(s => schedules.Contains(s.Id) && s.ArchivedAt == null, ct) == schedules.Count ? null
            : Refusal.Invalid(field, "A schedule that you named is not there any more. Choose the schedules again.");
    }

    /// <summary>The policy, when the actor may change what belongs to its team.</summary>
    public static async Task<Outcome<EscalationPolicy>> FindAsync(Change change, Guid id, CancellationToken ct)
    {
        var policy = await change.Db.EscalationPolicies.SingleOrDefaultAsync(p => p.Id == id && p.ArchivedAt == null, ct);
        if (policy is null)
            return Refusal.NotFound("The escalation policy");
        return change.Actor.MayChangeFor(policy.TeamId) ? policy
            : Denial.OfTeam(await change.Db.Teams.Where(t => t.Id == policy.TeamId).Select(t => t.Name).SingleAsync(ct));
    }
}
