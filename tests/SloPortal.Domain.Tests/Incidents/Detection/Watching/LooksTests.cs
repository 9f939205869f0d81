using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Detection.Watching;

public sealed class LooksTests
{
    private static readonly DateTimeOffset End = At.Utc("2026-11-10 12:00");
    private static readonly ObjectiveTarget Target = new(99.9m);

    [Fact]
    public void SlowBurn_TwiceTheBudgetOverADay_IsFoundWithItsFigures()
    {
        var found = SlowBurn.Look(Counts(usual: 2, lastDay: 24), NotPaged, Target, End);

        Assert.Equal("96 bad events in 24 h, where about 8 are usual: the budget burns 2.4 times as fast as it lasts, and no page fired.", found!.Said);
        Assert.Equal((End.AddDays(-1), End), (found.From, found.To));
        Assert.True(found.Judged.PValue <= found.Limit);
    }

    [Fact]
    public void SlowBurn_MoreThanUsualButLessThanTheBudget_IsNothing() =>
        Assert.Null(SlowBurn.Look(Counts(usual: 1, lastDay: 9), NotPaged, Target, End));

    [Fact]
    public void SlowBurn_AboveTheBudgetAsUsual_IsNothing() =>
        Assert.Null(SlowBurn.Look(Counts(usual: 24, lastDay: 24), NotPaged, Target, End));

    [Fact]
    public void SlowBurn_PagedInTheLastSixHours_IsNothing()
    {
        bool[] paged = [.. Enumerable.Range(1, SlowBurn.Stretches).Select(i => i == SlowBurn.Stretches)];

        Assert.Null(SlowBurn.Look(Counts(usual: 2, lastDay: 24), paged, Target, End));
    }

    [Fact]
    public void SlowBurn_APagedOutageBefore_IsNoPartOfWhatIsUsual()
    {
        var counts = Counts(usual: 2, lastDay: 24);
        var outage = counts.Select((c, i) => i is 40 ? EventCounts.OfBad(9000, 10_000) : c).ToArray();

        Assert.Null(SlowBurn.Look(outage, NotPaged, Target, End));
        Assert.NotNull(SlowBurn.Look(outage, [.. outage.Select((_, i) => i == 40)], Target, End));
    }

    [Fact]
    public void Segments_OneThatDoesWorseThanTheOthers_IsFoundAlone()
    {
        var found = OutlyingSegments.Look([Days(1, "eu", 2, 20), Days(2, "us", 2, 2), Days(3, "ap", 2, 2)], Target, End);

        var (segment, finding) = Assert.Single(found);
        Assert.Equal(1, segment);
        Assert.Equal("20 bad events of eu in 24 h, where about 2 are usual beside the 2 others: it alone burns the budget 20.0 times as fast as it lasts.", finding.Said);
    }

    [Fact]
    public void Segments_AllDoWorse_NoneIsOutlying() =>
        Assert.Empty(OutlyingSegments.Look([Days(1, "eu", 2, 20), Days(2, "us", 2, 20), Days(3, "ap", 2, 20)], Target, End));

    [Fact]
    public void Segments_OneThatIsAlwaysWorse_IsAsUsual() =>
        Assert.Empty(OutlyingSegments.Look([Days(1, "eu", 20, 20), Days(2, "us", 2, 2), Days(3, "ap", 2, 2)], Target, End));

    [Fact]
    public void Segments_NothingWrong_FindsNoMoreThanOnceAYear()
    {
        var chance = new Chance(46);
        const int looks = 20_000;
        var found = Enumerable.Range(0, looks).Count(_ => OutlyingSegments.Look(
            [.. Enumerable.Range(1, 5).Select(s => new SegmentDays(s, "s", [.. Enumerable.Range(0, OutlyingSegments.Days).Select(_ => EventCounts.OfBad(chance.Wandering(6, 2), 2000))]))], Target, End).Count > 0);

        var stated = looks * FalseAlarms.Limit(FalseAlarms.BurnLooksEvery, 1);
        Assert.InRange(found, 1, stated + 4 * Math.Sqrt(stated));
    }

    [Fact]
    public void Reports_ManyAtAQuietHour_AreFound()
    {
        var found = UnusualReports.Look(new Dictionary<int, int> { [0] = 4, [168] = 1 }, End.AddDays(-90), End);

        Assert.Equal("4 people reported a problem within an hour, where about 0.04 are usual at this hour of the week.", found!.Said);
    }

    [Fact]
    public void Reports_AsManyAsEveryMonday_AreNothing() =>
        Assert.Null(UnusualReports.Look(Enumerable.Range(0, 13).ToDictionary(week => week * 168, _ => 4), End.AddDays(-90), End));

    [Fact]
    public void Reports_OfAServiceThatIsNew_AreNotJudged() =>
        Assert.Null(UnusualReports.Look(new Dictionary<int, int> { [0] = 4 }, End.AddDays(-8), End));

    private static bool[] NotPaged => new bool[SlowBurn.Stretches];

    private static EventCounts[] Counts(double usual, double lastDay) =>
        [.. Enumerable.Range(0, SlowBurn.Stretches).Select(i => EventCounts.OfBad(i < SlowBurn.Stretches - 4 ? usual : lastDay, 10_000))];

    private static SegmentDays Days(int id, string name, double usual, double today) =>
        new(id, name, [.. Enumerable.Range(1, OutlyingSegments.Days).Select(d => EventCounts.OfBad(d == OutlyingSegments.Days ? today : usual, 1000))]);
}
