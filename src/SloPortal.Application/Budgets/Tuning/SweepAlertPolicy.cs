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

/// <summary>One policy of the sweep.</summary>
/// <param name="Rules">All of its rules: those that page, and those that make tickets as they are in force.</param>
/// <param name="Name">Its rules that page, with the burn above which each fires.</param>
/// <param name="MissedBudget">Of what failed in labelled intervals, the share (0 to 1) in missed ones or before the alert.</param>
public sealed record SweptPolicy(IReadOnlyList<RuleInput> Rules, string Name, double PerWeek, double NightPerWeek, double MissedBudget, int Detected, int Known, double? Precision);

/// <summary>The frontier of one objective.</summary>
/// <param name="From">Start of what was replayed.</param>
/// <param name="InForce">The policy in force; null, as what follows, where nothing is known of the time, or nothing failed in it.</param>
/// <param name="Frontier">What no other policy beats in both, the one that pages least first.</param>
/// <param name="Tried">Policies that were tried.</param>
/// <param name="Reason">Why the proposed one, or why there is none.</param>
/// <param name="LowTraffic">Rules in force that one failed event would have made fire.</param>
public sealed record PolicySwept(
    Guid PolicyId, string Service, string ServiceName, string Objective, string ObjectiveName, DateTimeOffset From, DateTimeOffset To, string Zone, SweptPolicy? InForce,
    IReadOnlyList<SweptPolicy> Frontier, int Tried, SweptPolicy? Proposed, string Reason, IReadOnlyList<LowTraffic> LowTraffic);

/// <summary>
/// Tries the policies of <see cref="SweepGrid"/> over the history of one objective, and says which of them no other beats in missed
/// budget and pages a week.
/// </summary>
/// <param name="Service">Slug.</param>
/// <param name="Objective">Slug.</param>
/// <param name="Days">30 or 90.</param>
/// <param name="Zone">IANA id, by which nights are told; null is the reader's own.</param>
public sealed record SweepAlertPolicy(string Service, string Objective, int Days = 90, string? Zone = null)
{
    public sealed class Validator : AbstractValidator<SweepAlertPolicy>
    {
        public Validator() => RuleFor(r => r.Days).Must(days => TestAlertPolicy.DaysOffered.Contains(days)).WithMessage("A sweep covers 30 or 90 days.");
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TuningHistory history, UnitOfWork work, TimeProvider clock)
    {
        public async Task<Outcome<PolicySwept>> HandleAsync(SweepAlertPolicy request, Actor actor, CancellationToken ct)
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
            var policyId = await (from o in db.Objectives.AsNoTracking()
                                  join s in db.Services on o.ServiceId equals s.Id
                                  where s.Slug == request.Service && o.Slug == request.Objective
                                  select (Guid?)o.AlertPolicyId).SingleOrDefaultAsync(ct);
            if (policyId is null || (await TuningHistory.FindAsync(db, policyId.Value, moment, ct)).Find(o => o.Service == request.Service && o.Slug == request.Objective) is not { } objective)
                return Refusal.NotFound($"The objective \"{request.Objective}\" of \"{request.Service}\"");
            var policy = (await db.AlertPolicies.AsNoTracking().SingleAsync(p => p.Id == policyId, ct)).Policy;
            var known = await history.KnownAsync(objective, new Interval(now.AddDays(-request.Days), now), actor, ct);
            var swept = await history.ReplayAsync(
                objective, request.Days, TuningHistory.LongestOf(policy.Rules), now, replay => Of(policyId.Value, objective, replay, policy, known, zone.Value), ct);
            return swept is null ? Refusal.Conflict($"Nothing has been counted for {objective.Name} yet, so there is no history to try policies on.") : swept;
        }

        private static PolicySwept Of(Guid policyId, TunedObjective objective, AlertReplay replay, AlertPolicy policy, IReadOnlyList<KnownInterval> known, TimeZoneInfo zone)
        {
            var period = replay.Window.PeriodAt(replay.Span.End);
            var sweep = PolicySweep.Of(replay, policy, known, zone);
            var tickets = policy.Rules.Where(rule => rule.Severity != AlertSeverity.Page).ToList();
            return new(
                policyId, objective.Service, objective.ServiceName, objective.Slug, objective.Name, replay.Span.Start, replay.Span.End, zone.Id,
                sweep is null ? null : Point(sweep.InForce), sweep is null ? [] : [.. sweep.Frontier.Select(Point)], sweep?.Tried ?? 0, sweep is null ? null : Point(sweep.Proposed),
                sweep?.Reason ?? (KnownInterval.Positive(known, replay.Span).Count == 0
                    ? "Nothing is known of this time: no incident touches the objective and nobody marked an interval. Without that nothing can be missed, so there is no frontier."
                    : "Nothing failed in the labelled intervals as this objective counts, so nothing can be missed and there is no frontier."),
                [.. OneFailure.In(replay, policy).Select(f => new LowTraffic(f.Rule.Name, f.Rule.Severity, f.MinuteShare, f.Rule.MinimumEvents, f.FewestEvents))]);

            SweptPolicy Point(SweepPoint point) => new(
                [.. point.Pages.Concat(tickets).Select(RuleInput.Of)],
                point.Pages.Count == 0 ? "No rule that pages" : string.Join("; ", point.Pages.Select(rule => AlertRuleWords.Of(rule, period))),
                point.PerWeek, point.NightPerWeek, point.MissedBudget, point.Detected, point.Known, point.Precision);
        }
    }
}
