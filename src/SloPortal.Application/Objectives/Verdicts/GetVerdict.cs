using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Application.Measurement.Deciding;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Comparing;
using SloPortal.Domain.Measurement.Deciding;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.Domain.Objectives.Verdicts;

namespace SloPortal.Application.Objectives.Verdicts;

/// <summary>What one measurement says of the window.</summary>
/// <param name="IsTheSli">The SLI that was agreed, and not one that measures the same.</param>
/// <param name="Attained">0 to 1; null without data.</param>
public sealed record MeasuredWindow(int SliId, string Name, bool IsTheSli, EventCounts Counts, double? Attained, Verdict Verdict);

/// <summary>Whether the target is met in the running window, as far as all that measures it says.</summary>
/// <param name="Counted">What the budget counts.</param>
/// <param name="Missing">Minutes and events of the window that nobody counted; events are estimated from the same hours of other weeks.</param>
/// <param name="Lowest">Attained share if all that is missing was bad; null without data.</param>
/// <param name="Highest">The same if it was all good.</param>
/// <param name="Measured">The SLI and what measures the same.</param>
/// <param name="IsDecided">Somebody signed by which measurement it counts, so that others do not leave it open.</param>
/// <param name="Counts">What counts, in words.</param>
/// <param name="WithoutData">What minutes without data mean, in words.</param>
/// <param name="Unit">What is counted: "events", "minutes" or "slices".</param>
public sealed record VerdictTold(
    Verdict Verdict, decimal TargetPercent, DateTimeOffset From, DateTimeOffset To, EventCounts Counted, MissingData Missing, double? Lowest, double? Highest, IReadOnlyList<MeasuredWindow> Measured,
    bool IsDecided, string Counts, NoDataRule NoData, string WithoutData, string Unit, IReadOnlyList<FindingRow> Findings);

/// <summary>The verdict of an objective; null while no version is in force.</summary>
public sealed record GetVerdict(string Service, string Slug)
{
    private static readonly TimeSpan WeeksAround = TimeSpan.FromDays(28);

    public sealed class Handler(
        IDbContextFactory<PortalDbContext> contexts, SliCounts counts, OriginalCounts originals, PromisedHistory history, ListCounting.Handler decisions, ListFindings.Handler findings, TimeProvider clock)
    {
        public async Task<Outcome<VerdictTold?>> HandleAsync(GetVerdict request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await VersionBySli.InForceAsync(db, request.Service, request.Slug, now, ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            if (found is not { Version: { } version, Sli: { } sli })
                return (VerdictTold?)null;
            var window = version.Window.At(version.Method.Floor(now));
            var (rule, told) = ((await db.CountingDecisions.AsNoTracking().Where(d => d.SliId == version.SliId && d.State == DecisionState.InForce && d.InForceFrom <= now).OrderByDescending(d => d.InForceFrom).FirstOrDefaultAsync(ct))?.Rule,
                await decisions.HandleAsync(new ListCounting(version.SliId), actor, ct));
            var counted = (await counts.InAsync([new(version.CountsId, window)], ct))[0];
            var missing = await MissingAsync(db, version, window, ct);
            var measured = await MeasuredAsync(db, sli, version, window, ct);
            var bounds = AttainedBounds.Of(counted, missing.Events);
            var noData = rule?.NoData ?? NoDataRule.CountsAsNothing;
            var own = noData == NoDataRule.Undetermined ? bounds : AttainedBounds.Of(counted);
            var verdict = rule is null ? AttainedBounds.Judge(measured.Where(m => !m.IsTheSli).Select(m => AttainedBounds.Of(m.Counts)).Append(own), version.Target) : own.Against(version.Target);
            return new VerdictTold(
                verdict, version.Target.Percent, window.Start, window.End, counted, missing, bounds.Lowest.Ratio, bounds.Highest.Ratio, measured, rule is not null,
                told.Value!.Counts, noData, told.Value.WithoutData, version.Method.Unit, (await findings.HandleAsync(new ListFindings(version.SliId, Open: true), actor, ct)).Value!);
        }

        /// <summary>Of what counts before a method or vendors: what they leave out is not missing, nor what a correction leaves out.</summary>
        private async Task<MissingData> MissingAsync(PortalDbContext db, ObjectiveVersion version, Interval window, CancellationToken ct)
        {
            var id = await DerivedSeries.OfSliAsync(db, version.SliId, ct);
            if (!(await counts.CoveredAsync([id], ct)).TryGetValue(id, out var covered) || (covered.Interval.Start > window.Start ? covered.Interval.Start : window.Start) is var start && start >= window.End)
                return MissingData.None;
            var span = new Interval(start, window.End);
            var minutes = (await counts.MinutesAsync(id, span, ct))?.Over(span) ?? MinuteCounts.FromBuckets(span, []);
            var hours = await counts.BucketsAsync(version.SliId, new Interval(span.Start - WeeksAround, span.End), BucketSize.Hour, ct);
            var missing = MissingData.Of(minutes, hours, await originals.SpansAsync(version.SliId, span, ct));
            // A slice counts alike whatever was in it.
            return version.Method is Occurrences ? missing : missing with { Events = Math.Floor(missing.Minutes / version.Method.Step.TotalMinutes) };
        }

        private async Task<IReadOnlyList<MeasuredWindow>> MeasuredAsync(PortalDbContext db, Sli sli, ObjectiveVersion version, Interval window, CancellationToken ct)
        {
            var others = await (from m in db.SliMeasurements.AsNoTracking()
                                join i in db.Slis on m.OtherSliId equals i.Id
                                where m.SliId == sli.Id && m.RemovedAt == null
                                orderby m.AddedAt
                                select i).ToListAsync(ct);
            var measured = new List<MeasuredWindow>();
            foreach (var one in others.Prepend(sli))
            {
                var own = await CountAsync(one, sli, version, window, ct);
                measured.Add(new(one.Id, one.Name, one.Id == sli.Id, own, own.Ratio, AttainedBounds.Of(own).Against(version.Target)));
            }

            return measured;
        }

        /// <summary>What a measurement by itself says, by the method and without the vendors of the agreement.</summary>
        private async Task<EventCounts> CountAsync(Sli one, Sli agreed, ObjectiveVersion version, Interval window, CancellationToken ct)
        {
            if (version.Method is Occurrences or CompositeMinutes && version.Externals == ExternalFailures.Counted && one.Definition is Composite == agreed.Definition is Composite)
                return (await counts.InAsync([new(one.Id, window)], ct))[0];
            var minutes = await history.MeasuredAsync(one.Id, agreed.ServiceId, version.Externals, window, ct);
            if (minutes is null)
                return EventCounts.None;
            return version.Method.Count(minutes).In(window);
        }
    }
}
