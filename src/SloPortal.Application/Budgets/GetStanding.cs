using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Budgets;

/// <summary>How the budget of an objective stands, and its burn alerts.</summary>
/// <param name="EvaluatedAt">End of the window, a minute boundary.</param>
/// <param name="WindowStart">Start of the window.</param>
/// <param name="Good">Good events in the window.</param>
/// <param name="Total">All events in the window.</param>
/// <param name="Attained">0 to 1; null without data, as all figures.</param>
/// <param name="LeftShare">1 untouched, below 0 overspent.</param>
/// <param name="LeftEvents">Failures that are still allowed.</param>
/// <param name="AllowedEvents">Failures that the window allows.</param>
/// <param name="LeftMinutes">Minutes of full outage at even traffic.</param>
/// <param name="BudgetMinutes">Those of the whole budget.</param>
/// <param name="IsEstimate">A calendar window: the traffic so far is carried on to its end.</param>
/// <param name="BurnLastHour">Times even burn.</param>
/// <param name="ExhaustedAt">When the budget runs out at this burn; null when it does not.</param>
/// <param name="Sentence">How it stands, in words.</param>
/// <param name="LastDataAt">Start of the newest minute with data.</param>
/// <param name="Rules">The burn alerts that are evaluated.</param>
/// <param name="LeftOut">Rules that could never fire, or make no sense, for these terms.</param>
/// <param name="PolicySource">Where the table of rules comes from.</param>
/// <param name="Method">How it is counted, for a person.</param>
/// <param name="Unit">What good, total and the budget are counted in: "events", "minutes" or "slices".</param>
/// <param name="WithoutVendors">By the agreement, outages of these vendors are left out of all figures; null where every minute counts.</param>
public sealed record Standing(
    int Version, decimal TargetPercent, string Window, DateTimeOffset EvaluatedAt, DateTimeOffset WindowStart, double Good, double Total,
    double? Attained, double? LeftShare, double? LeftEvents, double? AllowedEvents, double? LeftMinutes, double BudgetMinutes, bool IsEstimate,
    double? BurnLastHour, DateTimeOffset? ExhaustedAt, BudgetStanding State, string Sentence, DateTimeOffset? LastDataAt,
    IReadOnlyList<RuleStanding> Rules, IReadOnlyList<RuleLeftOut> LeftOut, string PolicyName, string PolicySource, string Method, string Unit,
    IReadOnlyList<string>? WithoutVendors = null)
{
    /// <summary>A live objective without data for this long says so. Product policy.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    public bool IsStale => LastDataAt is { } last && EvaluatedAt - last > Silence;
}

/// <param name="State">Null while the rule has not been evaluated.</param>
/// <param name="Since">When it entered the state.</param>
/// <param name="NoDataSince">While firing: since when nothing arrived that could resolve it.</param>
public sealed record RuleStanding(
    string Name, AlertSeverity Severity, double LongSeconds, double ShortSeconds, double Factor, double? LongBurn, double? ShortBurn,
    AlertState? State, DateTimeOffset? Since, DateTimeOffset? NoDataSince);

public sealed record RuleLeftOut(string Name, string Reason);

/// <summary>The standing of one objective; its value is null while no version is in force.</summary>
public sealed record GetStanding(string Service, string Slug)
{
    private static readonly TimeSpan BurnShown = TimeSpan.FromHours(1);

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SliCounts counts, SharedReads reads, TimeProvider clock)
    {
        public async Task<Outcome<Standing?>> HandleAsync(GetStanding request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            return await reads.GetAsync(request, reading => ReadAsync(request, reading), ct);
        }

        private async Task<Outcome<Standing?>> ReadAsync(GetStanding request, CancellationToken ct)
        {
            var moment = clock.GetUtcNowInMicroseconds();
            var now = MinuteClock.Floor(moment);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from o in db.Objectives.AsNoTracking()
                               join s in db.Services on o.ServiceId equals s.Id
                               join policy in db.AlertPolicies on o.AlertPolicyId equals policy.Id
                               join v in db.VersionsInForceAt(moment) on o.Id equals v.ObjectiveId into versions
                               from v in versions.DefaultIfEmpty()
                               join b in db.BudgetStates on o.Id equals b.ObjectiveId into states
                               from b in states.DefaultIfEmpty()
                               where s.Slug == request.Service && o.Slug == request.Slug
                               select new { o.Id, o.ServiceId, Version = v, State = b, Policy = policy }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            if (found.Version is not { } version)
                return (Standing?)null;

            var rules = found.Policy.Policy.For(version.Target, version.Window, now);
            var evaluated = await db.AlertRuleStates.AsNoTracking().Where(r => r.ObjectiveId == found.Id).OrderBy(r => r.RuleIndex).ToListAsync(ct);
            // Right after a signature the evaluation has not seen the version yet.
            var state = found.State is { } stored && stored.VersionId == version.Id ? stored : await ComputeAsync(db, version, now, ct);
            var isBeingDerived = state != found.State && version.CountsId != version.SliId && !new EventCounts(state.Good, state.Total).HasData;
            var budget = ErrorBudget.At(state.EvaluatedAt, new EventCounts(state.Good, state.Total), version.Target, version.Window);
            var period = version.Window.PeriodAt(now);
            return new Standing(
                version.Number, version.Target.Percent, version.Window.ToString()!, state.EvaluatedAt, state.WindowStart, state.Good, state.Total,
                state.Attained, state.LeftShare, state.LeftEvents, budget.AllowedEvents, state.LeftMinutes, budget.BudgetMinutes, budget.IsEstimate,
                state.BurnLastHour, state.ExhaustedAt, state.Standing,
                isBeingDerived ? $"The history is being counted in {version.Method.Unit}{(version.Externals == ExternalFailures.LeftOut ? " without failures of vendors" : "")}; the figures follow within a few minutes." : state.Sentence, state.LastDataAt,
                [.. rules.Rules.Select(rule => StandingOf(rule, period, evaluated))],
                [.. rules.Excluded.Select(e => new RuleLeftOut(e.Rule.Name, e.Reason))],
                found.Policy.Name, found.Policy.Source, version.Method.Phrase, version.Method.Unit,
                version.Externals == ExternalFailures.LeftOut ? await ServiceExternals.VendorNamesAsync(db, found.ServiceId, ct) : null);
        }

        private static RuleStanding StandingOf(AlertRule rule, TimeSpan period, List<AlertRuleState> evaluated)
        {
            var state = evaluated.Find(e => e.LongWindow == rule.LongWindow && e.ShortWindow == rule.ShortWindow && e.Severity == rule.Severity);
            return new RuleStanding(
                rule.Name, rule.Severity, rule.LongWindow.TotalSeconds, rule.ShortWindow.TotalSeconds, (double)rule.Factor(period),
                state?.LongBurn, state?.ShortBurn, state?.State, state?.Since, state?.NoDataSince);
        }

        private async Task<BudgetState> ComputeAsync(PortalDbContext db, ObjectiveVersion version, DateTimeOffset now, CancellationToken ct)
        {
            var at = version.Method.Floor(now);
            // Half a history would be a wrong figure.
            if (await DeriveCounts.IsBehindAsync(db, version.CountsId, now, ct))
                return BudgetState.Of(new(version.ObjectiveId, version.Id, null), ErrorBudget.At(at, EventCounts.None, version.Target, version.Window), null, at);
            var seen = await counts.InAsync([new(version.CountsId, version.Window.At(at)), new(version.CountsId, Interval.EndingAt(at, BurnShown))], ct);
            var covered = await counts.CoveredAsync([version.SliId], ct);
            return BudgetState.Of(
                new(version.ObjectiveId, version.Id, covered.TryGetValue(version.SliId, out var span) ? span.LastMinute : null),
                ErrorBudget.At(at, seen[0], version.Target, version.Window), BurnRate.Of(seen[1], version.Target), at);
        }
    }
}
