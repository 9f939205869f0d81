using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Budgets;

/// <summary>Everything on the one time axis of an objective.</summary>
/// <param name="From">Start of what is told.</param>
/// <param name="To">Its end; the last whole minute unless the reader looks back.</param>
/// <param name="AgreedSince">When the first version took effect; what lies before is judged by that version, as if. Null before it.</param>
/// <param name="StepSeconds">Distance of two points.</param>
/// <param name="BurnWindowSeconds">The window of the burn rate.</param>
/// <param name="Points">In order; a null is no data.</param>
/// <param name="Projection">When the budget runs out at the present burn; null when it does not, or the reader looks back.</param>
/// <param name="Targets">The target from each instant on.</param>
/// <param name="Thresholds">The burn at which alerts fire, the loudest first.</param>
/// <param name="Marks">What happened, by time.</param>
/// <param name="Unit">What the latest version counts: "events", "minutes" or "slices".</param>
public sealed record StoryTold(
    Guid ObjectiveId, DateTimeOffset Now, DateTimeOffset From, DateTimeOffset To, DateTimeOffset? AgreedSince, double StepSeconds, double BurnWindowSeconds,
    IReadOnlyList<StoryPoint> Points, StoryProjection? Projection, IReadOnlyList<TargetStep> Targets, IReadOnlyList<BurnThreshold> Thresholds, IReadOnlyList<StoryMark> Marks, string Unit);

public sealed record TargetStep(DateTimeOffset From, decimal Percent);

public sealed record BurnThreshold(string Name, AlertSeverity Severity, double Burn);

/// <summary>Tells the story of an objective over a named range (1h, 1d, 7d, 30d, 90d, 1y) or between two instants.</summary>
public sealed record GetStory(string Service, string Slug, string? Range = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SliCounts counts, IEnumerable<IStoryEvents> events, TimeProvider clock)
    {
        public async Task<Outcome<StoryTold>> HandleAsync(GetStory request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var clockNow = clock.GetUtcNowInMicroseconds();
            if (StorySpan.Read(request.Range, request.From, request.To, clockNow) is { Succeeded: false, Refusal: var refusal })
                return refusal!;

            await using var db = await contexts.CreateDbContextAsync(ct);
            var objective = await (from o in db.Objectives.AsNoTracking()
                                   join s in db.Services on o.ServiceId equals s.Id
                                   where s.Slug == request.Service && o.Slug == request.Slug
                                   select new { o.Id, o.ServiceId, o.AlertPolicyId }).SingleOrDefaultAsync(ct);
            if (objective is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            // The figures above the story are those of the last evaluation. The story ends there too, so that both say the same.
            var state = await (from b in db.BudgetStates.AsNoTracking()
                               join v in db.VersionsInForceAt(clockNow) on b.VersionId equals v.Id
                               where b.ObjectiveId == objective.Id
                               select b).SingleOrDefaultAsync(ct);
            var now = state is not null && clockNow - state.EvaluatedAt < Standing.Silence ? state.EvaluatedAt : MinuteClock.Floor(clockNow);
            var read = StorySpan.Read(request.Range, request.From, request.To, now);
            if (!read.Succeeded)
                return read.Refusal;
            var range = read.Value;
            // What was signed within the minute that runs has no evaluation yet, and is told already.
            var known = range.End == now ? clockNow : range.End;
            var versions = await db.ObjectiveVersions.AsNoTracking().Where(v => v.ObjectiveId == objective.Id && v.EffectiveFrom <= known)
                .OrderBy(v => v.EffectiveFrom).ThenBy(v => v.Number).ToListAsync(ct);

            var resolution = StoryResolution.For(range.Length, versions.Select(v => v.Method.Step).Append(Minute).Max());
            var points = await TellAsync(versions, range, resolution, ct);
            var marks = new List<StoryMark>();
            foreach (var source in events)
                marks.AddRange(await source.InAsync(new StoryScope(objective.Id, objective.ServiceId), range, actor, ct));
            var policy = await db.AlertPolicies.AsNoTracking().SingleAsync(p => p.Id == objective.AlertPolicyId, ct);
            return new StoryTold(
                objective.Id, now, range.Start, range.End, versions.Count > 0 ? versions[0].EffectiveFrom : null,
                resolution.Step.TotalSeconds, resolution.BurnWindow.TotalSeconds,
                points, range.End == now ? ProjectionOf(state, now) : null,
                TargetsOf(versions, range), ThresholdsOf(policy.Policy, versions, range.End), [.. marks.OrderBy(m => m.At)],
                (versions.Count > 0 ? versions[^1].Method : BudgetingMethod.Default).Unit);
        }

        /// <summary>Versions may measure by different SLIs or methods, so each stretch with one of them is told from its own counts.</summary>
        private async Task<List<StoryPoint>> TellAsync(List<ObjectiveVersion> versions, Interval range, StoryResolution resolution, CancellationToken ct)
        {
            var points = new List<StoryPoint>();
            for (var first = 0; first < versions.Count;)
            {
                var next = first + 1;
                while (next < versions.Count && versions[next].CountsId == versions[first].CountsId)
                    next++;
                // What lies before the first version is shown as it would have been judged.
                var start = first == 0 || versions[first].EffectiveFrom < range.Start ? range.Start : versions[first].EffectiveFrom;
                var end = next < versions.Count ? versions[next].EffectiveFrom : range.End;
                if (start < end)
                {
                    var stretch = new Interval(MinuteClock.Floor(start), end == range.End ? end : MinuteClock.Floor(end));
                    var terms = versions[first..next].ConvertAll(v => v.Terms);
                    if (first == 0)
                        terms[0] = terms[0] with { EffectiveFrom = DateTimeOffset.MinValue };
                    var running = await counts.AtAsync(versions[first].CountsId, StoryCalculator.InstantsNeeded(terms, stretch, resolution), ct);
                    points.AddRange(StoryCalculator.Tell(running, terms, stretch, resolution).Points);
                }

                first = next;
            }

            return points;
        }

        private static StoryProjection? ProjectionOf(BudgetState? state, DateTimeOffset now) =>
            state is { LeftShare: { } left, ExhaustedAt: { } end } && end > now ? new(now, left, end) : null;

        private static List<TargetStep> TargetsOf(List<ObjectiveVersion> versions, Interval range)
        {
            var steps = new List<TargetStep>();
            foreach (var version in versions)
            {
                var from = steps.Count == 0 || version.EffectiveFrom < range.Start ? range.Start : version.EffectiveFrom;
                steps.RemoveAll(s => s.From == from);
                steps.Add(new TargetStep(from, version.Target.Percent));
            }

            return steps;
        }

        private static List<BurnThreshold> ThresholdsOf(AlertPolicy policy, List<ObjectiveVersion> versions, DateTimeOffset at)
        {
            if (versions.Count == 0)
                return [];
            var current = versions[^1];
            var period = current.Window.PeriodAt(at);
            return [.. policy.For(current.Target, current.Window, at).Rules
                .OrderByDescending(r => r.Severity).ThenBy(r => r.LongWindow)
                .Select(r => new BurnThreshold(r.Name, r.Severity, (double)r.Factor(period)))];
        }
    }
}
