using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Web.Incidents.Timeline;

/// <summary>The entries that a page shows, the latest first, to which new ones come.</summary>
public sealed record TimelineView(IReadOnlyList<EntryRow> Entries, int Total, DateTimeOffset? FirstRecorded, DateTimeOffset? LastRecorded, IReadOnlyList<ChainHead> Heads, TimelineMarks Marks)
{
    public static TimelineView Of(TimelinePage page) => new(page.Entries, page.Total, page.FirstRecorded, page.LastRecorded, page.Heads, page.Marks);

    /// <summary>An offset moves entries that are shown, and where a clock is uncertain a new entry may leave the order of others open: all is read again.</summary>
    public bool MovesWith(TimelineNews news) =>
        news.Entries.Any(e => e.Kind == EntryKind.Clock) || (news.Entries.Count > 0 && Entries.Concat(news.Entries).Any(e => e.Time.UncertaintySeconds > 0));

    /// <summary>
    /// With what was recorded since, each at its place and once. What happened before the last entry that is shown belongs to a part that is not.
    /// What a new entry corrects is marked.
    /// </summary>
    /// <param name="most">So many stay; what happened first goes, and is there when somebody asks for earlier ones.</param>
    public TimelineView With(TimelineNews news, IReadOnlyCollection<EntryKind> kinds, int most)
    {
        var known = Entries.Select(e => e.Id).ToHashSet();
        var added = news.Entries.Where(e => (kinds.Count == 0 || kinds.Contains(e.Kind)) && known.Add(e.Id)).ToList();
        var corrections = news.Entries.Where(e => e.Corrects is not null).ToLookup(e => e.Corrects!.Id);
        var floor = Entries.Count < Total && Entries.Count > 0 ? Entries[^1].Time.At : DateTimeOffset.MinValue;
        var marked = Entries.Select(e => e.CorrectedBy is null && corrections[e.Id].FirstOrDefault() is { } c
            ? e with { CorrectedBy = new EntryReference(c.Id, c.Incident, c.Number, c.Author, c.RecordedAt, c.Body) } : e);
        return new TimelineView(
            [.. marked.Concat(added.Where(e => e.Time.At >= floor)).OrderByDescending(e => e.Time.At).ThenByDescending(e => e.RecordedAt).ThenByDescending(e => e.Number).Take(most)],
            Total + added.Count, FirstRecorded,
            news.Entries.Select(e => (DateTimeOffset?)e.RecordedAt).Append(LastRecorded).Max(), news.Heads, news.Marks ?? Marks);
    }
}
