using System.Globalization;
using SloPortal.Application.Budgets;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;
using Drawn = SloPortal.Web.Shared.StoryPoint;

namespace SloPortal.Web.Budgets;

/// <summary>Turns a story into what the chart draws: milliseconds and percent.</summary>
internal static class StoryDrawing
{
    /// <param name="story">What is told.</param>
    /// <param name="timeZone">The reader's zone, IANA id.</param>
    public static StoryModel Of(StoryTold story, string timeZone) => new()
    {
        RangeStart = Ms(story.From),
        RangeEnd = Ms(story.To),
        Now = Ms(story.To < story.Now ? story.To : story.Now),
        TimeZone = timeZone,
        Points = [.. story.Points.Select(p => new Drawn(Ms(p.At), Percent(p.Attained), Percent(p.BudgetLeft), p.Burn, Percent(p.GoodRatio)))],
        Projection = story.Projection is { } p ? new(Ms(p.From), p.Left * 100, Ms(p.To)) : null,
        Target = [.. story.Targets.Select(t => new StoryTarget(Ms(t.From), (double)t.Percent))],
        Thresholds = [.. Loudest(story.Thresholds)],
        Events = [.. story.Marks.Select(m => EventOf(m, story))],
        Shaded = [.. story.Marks.Where(m => m is { Kind: "alert", Severe: true }).Select(m => new StoryShade(Ms(m.At), Ms(m.Until ?? story.Now)))],
        Texts = new Dictionary<string, string>
        {
            ["burn"] = $"Burn rate over {HumanDuration.Text(TimeSpan.FromSeconds(story.BurnWindowSeconds))}, × (log)",
            ["good"] = $"Good {story.Unit}, %",
            ["goodShort"] = $"Good {story.Unit}",
            ["summary"] = $"Budget left, burn rate and good {story.Unit} over time. Press t for the same data as a table.",
        },
    };

    /// <summary>Of each severity the fastest rule: more lines than that hide the data.</summary>
    private static IEnumerable<StoryThreshold> Loudest(IReadOnlyList<BurnThreshold> thresholds) =>
        thresholds.GroupBy(t => t.Severity).Select(g => g.MaxBy(t => t.Burn)!).Select(t =>
            (Word: t.Severity == AlertSeverity.Page ? "page" : "ticket", t.Burn))
            .Select(t => new StoryThreshold(string.Create(CultureInfo.InvariantCulture, $"{t.Word} {t.Burn:0.##}×"), t.Burn, t.Word));

    private static StoryEvent EventOf(StoryMark mark, StoryTold story) => new(
        $"{mark.Kind}-{mark.SubjectId:N}", mark.Kind, Ms(mark.At), mark.Label,
        AddressOf(mark),
        mark.Until is { } end ? Ms(end) : mark.Lasts ? Ms(story.To) : null,
        mark.Kind is "alert" or "incident" ? mark.Severe ? "bad" : "warn" : null);

    private static string? AddressOf(StoryMark mark) => (mark.Kind, mark.Number) switch
    {
        ("version", _) => Routes.Proposal(mark.SubjectId),
        ("incident", { } number) => Routes.Incident(number),
        ("postmortem", { } number) => Routes.Review(number),
        ("action", { } number) => Routes.Action(number),
        _ => mark.Url,
    };

    private static long Ms(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private static double? Percent(double? share) => share * 100;
}
