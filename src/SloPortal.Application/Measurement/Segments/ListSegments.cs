using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Measurement.Segments;

/// <summary>One segment in the window.</summary>
/// <param name="Id">What it is counted under.</param>
/// <param name="Values">In the order of the split's labels; the empty string where the label is absent. None for what is counted together beyond the cap.</param>
/// <param name="IsOther">Whether it holds the values beyond the cap.</param>
/// <param name="Counts">Its events.</param>
/// <param name="Ratio">Share of good events, 0 to 1; null without events.</param>
/// <param name="Burn">Against the target of the objective; null without one, and without events.</param>
/// <param name="ShareOfBad">Which part of all bad events was its own, 0 to 1; null where none was bad.</param>
/// <param name="ShareOfEvents">Which part of all events was its own, 0 to 1; null without any.</param>
/// <param name="Day">Share of good events in each of the last 24 hours, oldest first; null without data.</param>
public sealed record SegmentRow(
    int Id, IReadOnlyList<string> Values, bool IsOther, EventCounts Counts, double? Ratio, double? Burn, double? ShareOfBad, double? ShareOfEvents, IReadOnlyList<double?> Day);

/// <summary>By what an SLI is split.</summary>
/// <param name="Since">The first minute from which on the segments together are the SLI.</param>
public sealed record SplitTold(IReadOnlyList<string> Labels, int Cap, DateTimeOffset Since, string SetBy, DateTimeOffset SetAt)
{
    internal static SplitTold Of(SliSplit split) => new(split.Labels, split.Cap, split.Since, split.SetByName, split.SetAt);
}

/// <summary>The segments of an SLI in a window, those first that took the most of the budget.</summary>
/// <param name="Split">Null where the SLI is not split.</param>
/// <param name="From">The first minute.</param>
/// <param name="To">Exclusive.</param>
/// <param name="IsCut">Whether the window begins later than asked, with the split.</param>
/// <param name="Objective">The one whose target and window are meant; null where no objective in force is measured by the SLI.</param>
/// <param name="Objectives">Those in force that are.</param>
/// <param name="OtherValues">How many combinations of values of the series known at present are counted together, at least; null where none are.</param>
/// <param name="Together">The events of all segments.</param>
/// <param name="Sli">What counts for the SLI in the same window.</param>
/// <param name="CorrectedMinutes">In how many of its minutes something else counts than was measured, and than the segments say.</param>
public sealed record SegmentsTold(
    SplitTold? Split, DateTimeOffset From, DateTimeOffset To, bool IsCut, SliUser? Objective, IReadOnlyList<SliUser> Objectives, IReadOnlyList<SegmentRow> Segments,
    int? OtherValues, EventCounts Together, EventCounts Sli, long CorrectedMinutes);

/// <summary>How the segments of an SLI stand.</summary>
/// <param name="SliId">The SLI.</param>
/// <param name="Window">1h, 6h, 1d, 7d or objective; a day when left out.</param>
/// <param name="Objective">Service and short name of an objective that the SLI measures, as in "checkout/availability"; the strictest in force when left out.</param>
public sealed record ListSegments(int SliId, string? Window = null, string? Objective = null)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, SliCounts counts, OriginalCounts originals, ISliUse use, TimeProvider clock)
    {
        public async Task<Outcome<SegmentsTold>> HandleAsync(ListSegments request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (SegmentWindows.Read(request.Window) is not { } window)
                return Refusal.Invalid(nameof(Window), SegmentWindows.Sentence);
            var now = MinuteClock.Floor(clock.GetUtcNow());
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.Slis.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SliId, ct) is not { } sli)
                return Refusal.NotFound("The SLI");
            var objectives = (await use.OfAsync(db, sli.Id, now, ct)).Where(u => u.State == SliUseState.InForce).OrderByDescending(u => u.TargetPercent).ToList();
            var objective = string.IsNullOrEmpty(request.Objective) ? objectives.FirstOrDefault() : objectives.Find(o => $"{o.Service}/{o.Slug}" == request.Objective);
            if (objective is null && (!string.IsNullOrEmpty(request.Objective) || window == SegmentWindow.Objective))
                return Refusal.Invalid(nameof(Objective), "No such objective in force is measured by this SLI.");

            var from = SegmentWindows.LengthOf(window) is { } length ? now - length : objective!.WindowStart;
            if (await db.SliSplits.AsNoTracking().SingleOrDefaultAsync(s => s.SliId == sli.Id && s.EndedAt == null, ct) is not { } split)
                return new SegmentsTold(null, from, now, false, objective, objectives, [], null, EventCounts.None, EventCounts.None, 0);
            var asked = new Interval(Earlier(Later(from, split.Since), now), now);
            var segments = await db.SliSegments.AsNoTracking().Where(s => s.SplitId == split.Id).ToDictionaryAsync(s => s.Id, ct);
            int[] ids = [.. segments.Keys];
            // One statement, so that the segments and the SLI are of the same moment.
            var found = await counts.InAsync([.. ids.Append(sli.Id).Select(id => new CountsAsked(id, asked))], ct);
            var days = await SegmentHours.ReadAsync(dataSource, ids, now, ct);
            var allowed = objective is null ? null : (double?)((100 - objective.TargetPercent) / 100);
            var rows = SegmentStanding.Rank([.. ids.Select((id, i) => (id, found[i]))], allowed)
                .Select(s => new SegmentRow(s.SegmentId, segments[s.SegmentId].LabelValues, segments[s.SegmentId].IsOther, s.Counts, s.Counts.Ratio, s.Burn, s.ShareOfBad, s.ShareOfEvents, days[s.SegmentId]))
                .ToList();
            return new SegmentsTold(
                SplitTold.Of(split), asked.Start, asked.End, asked.Start > from, objective, objectives, rows,
                segments.Values.Any(s => s.IsOther) ? await OtherValuesAsync(sli, split, segments.Values, ct) : null,
                found.Take(ids.Length).Aggregate(EventCounts.None, (a, b) => a + b), found[^1],
                (await originals.DifferencesAsync([new CountsAsked(sli.Id, asked)], ct))[0].Minutes);
        }

        private async Task<int> OtherValuesAsync(Sli sli, SliSplit split, IEnumerable<SliSegment> segments, CancellationToken ct)
        {
            var own = segments.Where(s => !s.IsOther).Select(s => (s.LabelValues[0], s.LabelValues.ElementAtOrDefault(1))).ToHashSet();
            var series = await Preview.StoredSeries.LabelsAsync(dataSource, sli.Definition, sli.SourceId, ct);
            return series.Select(s => (s.Labels[split.Labels[0]], split.Labels.Length > 1 ? s.Labels[split.Labels[1]] : null)).Distinct().Count(v => !own.Contains(v));
        }

        private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

        private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    }
}
