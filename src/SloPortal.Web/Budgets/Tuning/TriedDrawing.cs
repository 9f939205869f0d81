using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Tuning;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets.Tuning;

/// <summary>The story of an objective with the pages of two sets of rules, and what is known, in place of what happened.</summary>
internal static class TriedDrawing
{
    public static StoryModel Of(StoryTold story, ObjectiveTested tried, bool isOther, string timeZone)
    {
        var lost = tried.Lost.Select(a => a.From).ToHashSet();
        var gained = tried.Gained.Select(a => a.From).ToHashSet();
        var events = new List<StoryEvent>();
        if (isOther)
        {
            events.AddRange(tried.InForcePages.Where(a => lost.Contains(a.From)).Select(a => Page(a, "lost", "Lost page", "muted")));
            events.AddRange(tried.TestedPages.Select(a => gained.Contains(a.From) ? Page(a, "gained", "Gained page", "warn") : Page(a, "both", "Page by both", "bad")));
        }
        else
        {
            events.AddRange(tried.TestedPages.Select(a => Page(a, "page", "Page", a.IsTrue == false ? "warn" : "bad")));
        }

        events.AddRange(tried.Intervals.Select((known, i) => new StoryEvent(
            $"known-{i}", known.Kind == LabelKind.ShouldNot ? "correction" : "incident", Ms(known.From), known.Name,
            known.Incident is { } number ? Routes.Incident(number) : null, Ms(known.To), known.Kind == LabelKind.ShouldNot ? "muted" : "info")));
        return StoryDrawing.Of(story with { Marks = [], Projection = null }, timeZone) with
        {
            Events = events,
            Shaded = [.. tried.TestedPages.Select(a => new StoryShade(Ms(a.From), Ms(a.To)))],
        };
    }

    private static StoryEvent Page(TestedAlert alert, string kind, string label, string tone) =>
        new($"{kind}-{Ms(alert.From)}", "alert", Ms(alert.From), label, alert.Story, Ms(alert.To), tone);

    private static long Ms(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();
}
