using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>A history under one window, ready to judge any target: what takes long is done once, a target costs a few searches.</summary>
internal sealed class HistoryModel
{
    private const int MostPoints = 360;
    private static readonly TimeSpan TrafficSeen = TimeSpan.FromDays(28);

    private readonly WindowForecast? forecast;
    private readonly Interval next;
    private readonly IReadOnlyList<HeldEstimate> held;

    public HistoryModel(MinuteCounts history, BudgetingMethod method, SloWindow window, int seed)
    {
        var minutes = method.Count(history);
        Past = PastWindows.Of(minutes, window);
        Line = [.. Past.Line(MostPoints).Select(w => new EvidencePoint(w.Window.End, w.Attained))];
        Longest = Outage.Longest(history) is { } outage ? new(outage.When.Start, outage.When.End, outage.Counts.Bad) : null;
        EventsPerDay = EventsPerDayOf(minutes);
        next = NextAfter(minutes.Covered.End, window);
        forecast = WindowForecast.From(minutes, next, seed);
        held = forecast is null ? [] : [.. PastWindows.Confidences.Select(c => new HeldEstimate(c, forecast.Held(c)))];
    }

    public PastWindows Past { get; }

    public IReadOnlyList<EvidencePoint> Line { get; }

    public EvidenceOutage? Longest { get; }

    /// <summary>Over the last 28 days of the history; null without events.</summary>
    public double? EventsPerDay { get; }

    public EvidenceForecast? ForecastFor(ObjectiveTarget target) => forecast is null ? null
        : new(next.Start, next.End, forecast.Blocks, forecast.BlockDays, forecast.Break(target), held);

    private static double? EventsPerDayOf(MinuteCounts minutes)
    {
        var seen = minutes.Covered.Length < TrafficSeen ? minutes.Covered : Interval.EndingAt(minutes.Covered.End, TrafficSeen);
        var total = minutes.In(seen).Total;
        return total > 0 ? total / seen.Length.TotalDays : null;
    }

    /// <summary>The first window of which nothing has been seen.</summary>
    private static Interval NextAfter(DateTimeOffset end, SloWindow window) => window is CalendarWindow calendar
        ? calendar.FullPeriodAt(calendar.FullPeriodAt(end).End)
        : new Interval(end, end + window.PeriodAt(end));
}
