using SloPortal.Application.Budgets;
using SloPortal.Domain.Budgets;

namespace SloPortal.Web.Budgets;

/// <summary>The story as rows: each point with what happened in its step.</summary>
internal static class StoryRows
{
    public static IEnumerable<(StoryPoint Point, string Marks)> NewestFirst(StoryTold story)
    {
        var marks = story.Marks.Count;
        for (var i = story.Points.Count - 1; i >= 0; i--)
        {
            var start = i > 0 ? story.Points[i - 1].At : story.From.AddTicks(-1);
            var last = marks;
            while (marks > 0 && story.Marks[marks - 1].At > start)
                marks--;
            yield return (story.Points[i], string.Join("; ", story.Marks.Skip(marks).Take(last - marks).Select(m => m.Label)));
        }
    }
}
