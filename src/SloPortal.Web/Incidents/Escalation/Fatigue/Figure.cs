using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using SloPortal.Domain.Incidents.Escalation.Fatigue;

namespace SloPortal.Web.Incidents.Escalation.Fatigue;

/// <summary>A count that leads to its pages.</summary>
internal static class Figure
{
    /// <param name="count">Zero leads nowhere.</param>
    /// <param name="of">The list of the pages of a slice.</param>
    /// <param name="slice">The pages that are counted.</param>
    /// <param name="label">What a screen reader says; null where row and column say it.</param>
    public static MarkupString Of(int count, Func<PageSlice, string> of, PageSlice slice, string? label = null) => new(count == 0
        ? "<span class=\"muted\">0</span>"
        : $"<a href=\"{HtmlEncoder.Default.Encode(of(slice))}\"{(label is null ? "" : $" aria-label=\"{HtmlEncoder.Default.Encode(label)}\"")}>{FatigueWords.Count(count)}</a>");
}
