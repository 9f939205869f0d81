using CsCheck;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Domain.Tests.Incidents.Timeline.Marks;

public sealed class MarkTests
{
    private static readonly Guid[] Entries = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];

    private static readonly Gen<PinSaid> AnyPin = Gen.Select(Gen.Int[0, 4].Select(i => Entries[i]), Gen.Int[0, 2].Select(i => ((string?[])["label", "another", null])[i]), Gen.Bool, (entry, label, pinned) => new PinSaid(entry, label, pinned));

    [Fact]
    public void Of_AnyHistory_HoldsTheLastWordOnEachEntryOnce() => AnyPin.List[0, 40].Sample(said =>
    {
        var pinned = PinnedEntries.Of(said, p => p);
        Assert.Equal(pinned.Count, pinned.Select(p => p.Entry).Distinct().Count());
        foreach (var entry in Entries)
            Assert.Equal(said.Where(p => p.Entry == entry).Cast<PinSaid?>().LastOrDefault() is { IsPinned: true } last ? last : null, pinned.Cast<PinSaid?>().FirstOrDefault(p => p!.Value.Entry == entry));
    });

    [Fact]
    public void WhyNot_AFullList_TakesAnotherLabelAndNoOtherEntry()
    {
        PinSaid[] full = [.. Enumerable.Range(0, PinnedEntries.Most).Select(_ => new PinSaid(Guid.NewGuid(), null, true))];

        Assert.Contains("Unpin one first", PinnedEntries.WhyNot(full, Guid.NewGuid(), null)!.Message, StringComparison.Ordinal);
        Assert.Null(PinnedEntries.WhyNot(full, full[0].Entry, "Customers see 502"));
        Assert.Contains("pinned already", PinnedEntries.WhyNot(full, full[0].Entry, null)!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EvidenceKind.Address, "https://grafana.example.com/d/1?from=now-1h", true)]
    [InlineData(EvidenceKind.Address, "http://grafana.example.com/", false)]
    [InlineData(EvidenceKind.Address, "javascript:alert(1)", false)]
    [InlineData(EvidenceKind.Address, "https://ruth:secret@example.com/", false)]
    [InlineData(EvidenceKind.Address, "/services/checkout", false)]
    [InlineData(EvidenceKind.Objective, "checkout/availability", true)]
    [InlineData(EvidenceKind.Objective, "checkout", false)]
    [InlineData(EvidenceKind.Page, "12", true)]
    [InlineData(EvidenceKind.Page, "-12", false)]
    [InlineData(EvidenceKind.Signal, "no id", false)]
    [InlineData(EvidenceKind.Service, " ", false)]
    public void WhyNot_Evidence_IsWhatItsKindNames(EvidenceKind kind, string reference, bool named) => Assert.Equal(named, new Evidence(kind, reference).WhyNot() is null);

    [Theory]
    [InlineData("/pin #4", 4, "")]
    [InlineData("/pin #4 Customers see 502", 4, "Customers see 502")]
    [InlineData("/pin 502 since 10:02", null, "502 since 10:02")]
    [InlineData("/pin #deploys stopped", null, "#deploys stopped")]
    public void Read_Pin_IsANoteUnlessAnEntryIsNamed(string line, int? number, string text)
    {
        var context = new LineContext(new DateTimeOffset(2026, 11, 10, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc, Domain.Incidents.IncidentStatus.Detected, [], null);

        Assert.Equal(new TypedLine.Pin(number, text, null), LineParser.Read(line, context).Line);
    }
}
