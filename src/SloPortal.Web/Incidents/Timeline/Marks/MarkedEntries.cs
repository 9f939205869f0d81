using SloPortal.Application.Incidents.Timeline.Marks;

namespace SloPortal.Web.Incidents.Timeline.Marks;

/// <summary>The marks of a timeline by the entries that they are about.</summary>
internal sealed class MarkedEntries(TimelineMarks marks)
{
    private readonly HashSet<Guid> pinned = [.. marks.Pins.Select(p => p.Entry)];
    private readonly Dictionary<Guid, IReadOnlyList<LinkRow>> links = marks.Links.GroupBy(l => l.Entry).ToDictionary(g => g.Key, IReadOnlyList<LinkRow> (g) => [.. g]);

    public TimelineMarks Marks => marks;

    public bool IsPinned(Guid entry) => pinned.Contains(entry);

    /// <summary>The same list as long as these marks are.</summary>
    public IReadOnlyList<LinkRow> LinksOf(Guid entry) => links.GetValueOrDefault(entry) ?? [];
}
