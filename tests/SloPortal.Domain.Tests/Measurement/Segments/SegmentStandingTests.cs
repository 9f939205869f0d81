using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Domain.Tests.Measurement.Segments;

public sealed class SegmentStandingTests
{
    [Fact]
    public void Rank_SeveralSegments_PutsFirstWhatTookTheMostOfTheBudget()
    {
        // A small segment that fails often comes after a large one that took more of the budget.
        var ranked = SegmentStanding.Rank([(1, new EventCounts(9_999, 10_000)), (2, new EventCounts(5, 10)), (3, new EventCounts(970, 1_000))], allowedBad: 0.001);

        Assert.Equal([3, 2, 1], ranked.Select(s => s.SegmentId));
        Assert.Equal(30, ranked[0].Burn!.Value, 1e-9);
        Assert.Equal(500, ranked[1].Burn!.Value, 1e-9);
        Assert.Equal(30.0 / 36, ranked[0].ShareOfBad!.Value, 1e-12);
        Assert.Equal(1_000.0 / 11_010, ranked[0].ShareOfEvents!.Value, 1e-12);
    }

    [Fact]
    public void Rank_SameBadEvents_PutsTheFasterBurnFirstAndNoDataLast()
    {
        var ranked = SegmentStanding.Rank([(1, EventCounts.None), (2, new EventCounts(99, 100)), (3, new EventCounts(9, 10)), (4, new EventCounts(10, 10))], allowedBad: 0.01);

        Assert.Equal([3, 2, 4, 1], ranked.Select(s => s.SegmentId));
        Assert.Null(ranked[3].Burn);
        Assert.Equal(0, ranked[2].Burn);
    }

    [Fact]
    public void Rank_NothingBadOrNoTarget_SaysNoShareAndNoBurn()
    {
        var ranked = SegmentStanding.Rank([(1, new EventCounts(10, 10))], allowedBad: null);

        Assert.Null(ranked[0].Burn);
        Assert.Null(ranked[0].ShareOfBad);
        Assert.Equal(1, ranked[0].ShareOfEvents);
        Assert.Empty(SegmentStanding.Rank([], 0.001));
    }

    [Fact]
    public void Rank_AnySegments_SharesMakeTheWhole()
    {
        var random = new Random(3);
        var segments = Enumerable.Range(1, 40).Select(id => (id, EventCounts.OfBad(random.Next(50), 50 + random.Next(1_000)))).ToList();

        var ranked = SegmentStanding.Rank(segments, 0.01);

        Assert.Equal(1, ranked.Sum(s => s.ShareOfBad!.Value), 1e-9);
        Assert.Equal(1, ranked.Sum(s => s.ShareOfEvents!.Value), 1e-9);
        Assert.Equal(ranked.Select(s => s.Counts.Bad).OrderDescending(), ranked.Select(s => s.Counts.Bad));
    }

    [Fact]
    public void Obstacle_Definitions_OnlyThoseThatReadSeriesCanBeSplit()
    {
        Assert.Null(SliSplit.Obstacle(new CounterRatio(null, SeriesSelector.Parse("a{code=\"500\"}"), SeriesSelector.Parse("a"))));
        Assert.Contains("no labels", SliSplit.Obstacle(new PushedRatio()), StringComparison.Ordinal);
        Assert.Contains("steps", SliSplit.Obstacle(new Composite(CompositeRule.WorstOf, [])), StringComparison.Ordinal);
        Assert.NotNull(SliSplit.Problem("le"));
        Assert.NotNull(SliSplit.Problem("__name__"));
        Assert.Null(SliSplit.Problem("region"));
    }
}
