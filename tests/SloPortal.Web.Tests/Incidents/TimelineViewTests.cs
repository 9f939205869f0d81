using System.Text.Json;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Web.Incidents.Timeline;

namespace SloPortal.Web.Tests.Incidents;

public sealed class TimelineViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Chain = Guid.NewGuid();

    [Fact]
    public void With_EntriesEnteredLater_PutsThemWhereTheyHappened()
    {
        var view = View(Entry(1, 0), Entry(2, 10)).With(News(Entry(3, 5)), [], 100);

        Assert.Equal([2, 3, 1], view.Entries.Select(e => e.Number));
        Assert.Equal((3, 3), (view.Total, view.Heads[0].Number));
    }

    [Fact]
    public void With_TheSameNewsTwice_ShowsThemOnce()
    {
        var news = News(Entry(2, 1));

        Assert.Equal([2, 1], View(Entry(1, 0)).With(news, [], 100).With(news, [], 100).Entries.Select(e => e.Number));
    }

    [Fact]
    public void With_ACorrection_MarksWhatItCorrects()
    {
        var wrong = Entry(1, 0);
        var correction = Entry(2, 0) with { Corrects = new EntryReference(wrong.Id, "INC-1", 1, "Ruth", Noon, "x") };

        Assert.Equal(2, View(wrong).With(News(correction), [], 100).Entries.Single(e => e.Id == wrong.Id).CorrectedBy?.Number);
    }

    [Fact]
    public void With_MoreThanAreShown_LeavesOutTheEarliest()
    {
        var view = View(Entry(1, 0), Entry(2, 1)).With(News(Entry(3, 2)), [], 2);

        Assert.Equal([3, 2], view.Entries.Select(e => e.Number));
        Assert.Equal(3, view.Total);
        // What happened before the last one shown belongs to the part that is not.
        Assert.Equal([3, 2], view.With(News(Entry(4, -5)), [], 2).Entries.Select(e => e.Number));
    }

    [Fact]
    public void With_AnotherKind_IsLeftOut() =>
        Assert.Equal([1], View(Entry(1, 0)).With(News(Entry(2, 1) with { Kind = EntryKind.Alert }), [EntryKind.Note], 100).Entries.Select(e => e.Number));

    private static TimelineView View(params EntryRow[] entries) =>
        new([.. entries.OrderByDescending(e => e.OccurredAt)], entries.Length, Noon, Noon, [new ChainHead(Chain, entries.Length)], TimelineMarks.None);

    private static TimelineNews News(params EntryRow[] entries) => new(entries, [new ChainHead(Chain, entries.Max(e => e.Number))]);

    private static EntryRow Entry(int number, int minute) => new(
        Guid.CreateVersion7(), "INC-1", number, Noon.AddMinutes(minute), Noon.AddMinutes(60 + number), EntryKind.Note, Provenance.Asserted, ActorKind.Person, "Ruth", "portal",
        $"entry {number}", JsonSerializer.Deserialize<JsonElement>("{}"), null, null, $"key {number}", "00",
        new EntryTime(Noon.AddMinutes(minute), "portal", 0, 0, false));
}
