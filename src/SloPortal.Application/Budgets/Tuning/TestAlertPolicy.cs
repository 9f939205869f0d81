using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>
/// Replays the rules of a policy, or others beside them, over the stored history of the objectives that use it, with the evaluation that
/// runs live, and holds the alerts against incidents and what people marked (see <see cref="AlertJudgement"/> for when an alert counts as true).
/// </summary>
/// <param name="Rules">Those to be tried beside the ones in force; null tries the ones in force alone.</param>
/// <param name="Service">Slug, with <paramref name="Objective"/>; null takes all objectives of the policy.</param>
/// <param name="Days">30 or 90.</param>
/// <param name="Zone">IANA id, by which nights are told; null is the reader's own.</param>
public sealed record TestAlertPolicy(Guid PolicyId, IReadOnlyList<RuleInput>? Rules = null, string? Service = null, string? Objective = null, int Days = 30, string? Zone = null)
{
    public static IReadOnlyList<int> DaysOffered { get; } = [30, 90];

    public sealed class Validator : AbstractValidator<TestAlertPolicy>
    {
        public Validator()
        {
            RuleFor(r => r.Days).Must(days => DaysOffered.Contains(days)).WithMessage("A back-test covers 30 or 90 days.");
            RuleFor(r => r.Objective).NotEmpty().When(r => r.Service is not null).WithMessage("Give the objective with the service.");
            When(r => r.Rules is not null, () => this.MustHaveRules(r => r.Rules!));
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TuningHistory history, UnitOfWork work, TimeProvider clock)
    {
        public Task<Outcome<PolicyTested>> HandleAsync(TestAlertPolicy request, Actor actor, CancellationToken ct) => RunAsync(request, actor, (_, _) => { }, ct);

        /// <param name="request">What is tried.</param>
        /// <param name="actor">Who may see what it is held against.</param>
        /// <param name="progress">Is told how many objectives are done, and of how many.</param>
        /// <param name="ct">Cancels.</param>
        internal async Task<Outcome<PolicyTested>> RunAsync(TestAlertPolicy request, Actor actor, Action<int, int> progress, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (work.Validate(request) is { } refusal)
                return refusal;
            var zone = TuningHistory.ZoneOf(request.Zone, actor);
            if (!zone.Succeeded)
                return zone.Refusal;
            // What was signed within this minute is in force already.
            var moment = clock.GetUtcNowInMicroseconds();
            var now = MinuteClock.Floor(moment);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.AlertPolicies.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PolicyId, ct) is not { } stored)
                return Refusal.NotFound("The alert policy");
            var all = await TuningHistory.FindAsync(db, stored.Id, moment, ct);
            var objectives = request.Service is null ? all : all.FindAll(o => o.Service == request.Service && o.Slug == request.Objective);
            if (request.Service is not null && objectives.Count == 0)
                return Refusal.NotFound($"An objective \"{request.Objective}\" of \"{request.Service}\" with this policy");

            var tested = request.Rules is null ? stored.Policy : stored.Policy with { Rules = [.. request.Rules.Select(r => r.Rule())] };
            var comparison = new PolicyComparison(stored.Policy, tested, zone.Value);
            var longest = TuningHistory.LongestOf([.. stored.Policy.Rules, .. tested.Rules]);
            for (var done = 0; done < objectives.Count; done++)
            {
                progress(done, objectives.Count);
                var objective = objectives[done];
                var asked = new Interval(now.AddDays(-request.Days), now);
                var known = await history.KnownAsync(objective, asked, actor, ct);
                var open = await history.KnownAsync(objective, asked, TuningHistory.Anybody, ct);
                if (await history.ReplayAsync(objective, request.Days, longest, now, replay => comparison.Replay(objective, replay, known, open), ct) is null)
                    comparison.HasNoHistory(objective);
            }

            progress(objectives.Count, objectives.Count);
            var kept = actor.May(Permission.Administer) && comparison.Count > 0
                ? await KeepAsync(db, stored.Id, tested, comparison, request.Days, now, actor, ct) : (Guid?)null;
            return comparison.Result(kept, stored.Id, now, request.Days) with { Choices = [.. all.Select(o => new ObjectiveChoice(o.Service, o.Slug, $"{o.ServiceName}: {o.Name}"))] };
        }

        /// <summary>Who may save the policy has the figures kept, which is no change of anything. What was not saved by the next day goes.</summary>
        private static async Task<Guid> KeepAsync(
            PortalDbContext db, Guid policyId, AlertPolicy tested, PolicyComparison comparison, int days, DateTimeOffset now, Actor actor, CancellationToken ct)
        {
            var old = now - ChangeAlertPolicy.BackTestCounts;
            await db.PolicyBackTests.Where(t => t.SavedAt == null && t.RanAt < old).ExecuteDeleteAsync(ct);
            var kept = new PolicyBackTest(
                Guid.CreateVersion7(now), policyId, tested.RulesHash, new Interval(now.AddDays(-days), now), comparison.Zone.Id, comparison.Open(), actor.PersonId, actor.Name, now);
            db.Add(kept);
            await db.SaveChangesAsync(ct);
            return kept.Id;
        }
    }
}
