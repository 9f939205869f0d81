using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Domain.Tests.Incidents.Detection.Watching;

/// <summary>Whether the false-alarm rate that is stated is the one that is had. Seeds are fixed, so every run draws the same.</summary>
public sealed class UnusualCountsTests
{
    private const int Looks = 150_000;
    private const int OfOneBaseline = 10;
    private static readonly CountedStretch Prior = new(0.5, 0);

    // One false alarm of an objective in a year of looks every 6 hours, shared by two windows.
    private static readonly double Limit = FalseAlarms.Limit(FalseAlarms.BurnLooksEvery, 2);

    private static readonly double Stated = Looks * Limit;

    // Four standard deviations of the count itself.
    private static readonly double Chances = 4 * Math.Sqrt(Stated);

    [Fact]
    public void Limit_SixHourlyLooksOfAYear_IsOneOf1460() => Assert.Equal(1.0 / 1460 / 2, Limit, 1e-15);

    [Theory]
    [InlineData(0.2, 112)]
    [InlineData(2, 112)]
    [InlineData(20, 27)]
    [InlineData(200, 27)]
    public void Judge_EventsByThemselves_FindsNoMoreThanStated(double mean, int stretches) =>
        Assert.InRange(Found(stretches, chance => chance.Poisson(mean)), 0, Stated + Chances);

    [Theory]
    [InlineData(20, 5, 112)]
    [InlineData(20, 5, 27)]
    [InlineData(400, 20, 27)]
    public void Judge_Bursts_FindsNoMoreThanStated(double mean, double size, int stretches) =>
        Assert.InRange(Found(stretches, chance => chance.Bursts(mean, size)), 0, Stated + Chances);

    [Theory]
    [InlineData(20, 5, 112)]
    [InlineData(20, 5, 27)]
    [InlineData(400, 20, 27)]
    public void Judge_AWanderingRate_FindsWhatIsStated(double mean, double dispersion, int stretches) =>
        Assert.InRange(Found(stretches, chance => chance.Wandering(mean, dispersion)), Stated - Chances, Stated + Chances);

    [Fact]
    public void Judge_TwiceTheUsualRate_IsFoundOnMostDays()
    {
        var chance = new Chance(46);
        var found = Enumerable.Range(0, 500).Count(_ =>
        {
            var before = Enumerable.Range(0, 27).Select(_ => new CountedStretch(chance.Bursts(200, 5), 1)).ToList();
            return UnusualCounts.Judge(before, new(chance.Bursts(400, 5), 1), Prior)!.Value.PValue <= Limit;
        });

        Assert.True(found > 400, $"Found on {found} of 500 days.");
    }

    [Fact]
    public void Judge_TooFewStretchesOrNothingInThem_SaysNothing()
    {
        var before = Enumerable.Repeat(new CountedStretch(1, 100), UnusualCounts.LeastStretches).ToList();

        Assert.NotNull(UnusualCounts.Judge(before, new(50, 100), Prior));
        Assert.Null(UnusualCounts.Judge(before[1..], new(50, 100), Prior));
        Assert.Null(UnusualCounts.Judge([.. before[1..], default], new(50, 100), Prior));
        Assert.Null(UnusualCounts.Judge(before, default, Prior));
    }

    [Fact]
    public void Judge_TwiceTheTraffic_ExpectsTwiceAsMany()
    {
        var before = Enumerable.Repeat(new CountedStretch(3, 1000), 28).ToList();

        var judged = UnusualCounts.Judge(before, new(6, 2000), default)!.Value;

        Assert.Equal(6, judged.Expected, 1e-9);
        Assert.Equal(1, judged.Dispersion);
        Assert.InRange(judged.PValue, 0.4, 0.6);
    }

    private static int Found(int stretches, Func<Chance, double> draw)
    {
        var chance = new Chance(20461);
        return Enumerable.Range(0, Looks / OfOneBaseline).Sum(_ =>
        {
            var before = Enumerable.Range(0, stretches).Select(_ => new CountedStretch(draw(chance), 1)).ToList();
            return Enumerable.Range(0, OfOneBaseline).Count(_ => UnusualCounts.Judge(before, new(draw(chance), 1), Prior)!.Value.PValue <= Limit);
        });
    }
}
