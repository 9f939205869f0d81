using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Domain.Tests.Measurement;

public sealed class CompositeTests
{
    private static readonly Composite Weighted = new(CompositeRule.Weighted, [new(1, 0.5m), new(2, 0.3m), new(3, 0.2m)]);
    private static readonly Composite WorstOf = new(CompositeRule.WorstOf, Weighted.Parts);

    [Fact]
    public void CountMinute_Weighted_CountsTheWeightsOfThePartsWithEvents()
    {
        Assert.Equal(new EventCounts((0.5 * 0.9) + 0.2, 0.7), Weighted.CountMinute([new(90, 100), EventCounts.None, new(7, 7)]), Close);
        Assert.Equal(new EventCounts(1, 1), Weighted.CountMinute([new(1, 1), new(2, 2), new(3, 3)]), Close);
    }

    [Fact]
    public void CountMinute_WorstOf_IsAsGoodAsTheWorstPartWithEvents() =>
        Assert.Equal(new EventCounts(0.5, 1), WorstOf.CountMinute([new(90, 100), EventCounts.None, new(1, 2)]), Close);

    [Fact]
    public void CountMinute_NoPartWithEvents_IsNoData()
    {
        Assert.False(Weighted.CountMinute([EventCounts.None, EventCounts.None, EventCounts.None]).HasData);
        Assert.False(WorstOf.CountMinute([EventCounts.None, EventCounts.None, EventCounts.None]).HasData);
    }

    [Fact]
    public void CountMinute_AnyCounts_LiesBetweenTheWorstAndTheBestPart() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((a, b, c) =>
        {
            EventCounts[] parts = [new(a * 10, 10), new(b * 10, 10), new(c * 10, 10)];
            var (mean, worst) = (Weighted.CountMinute(parts).Ratio!.Value, WorstOf.CountMinute(parts).Ratio!.Value);
            return mean >= worst - 1e-12 && mean <= Math.Max(a, Math.Max(b, c)) + 1e-12 && Math.Abs(worst - Math.Min(a, Math.Min(b, c))) < 1e-12;
        });

    [Theory]
    [InlineData(0.5, 0.4, "The weights make 90 %. They must make 100 %.")]
    [InlineData(1, 0, "Each part needs a weight above 0.")]
    public void Problems_WeightsThatDoNotSum_SaySo(double first, double second, string sentence) =>
        Assert.Contains(sentence, new Composite(CompositeRule.Weighted, [new(1, (decimal)first), new(2, (decimal)second)]).Problems());

    [Fact]
    public void Problems_OnePartOrOneTwice_SaySo()
    {
        Assert.Contains("A journey has 2 to 20 parts.", new Composite(CompositeRule.WorstOf, [new(1, 0)]).Problems());
        Assert.Contains(new Composite(CompositeRule.WorstOf, [new(1, 0), new(1, 0)]).Problems(), p => p.Contains("stands twice", StringComparison.Ordinal));
        Assert.Empty(new Composite(CompositeRule.WorstOf, [new(1, 0), new(2, 0)]).Problems());
    }

    private static bool Close(EventCounts a, EventCounts b) => Math.Abs(a.Good - b.Good) < 1e-12 && Math.Abs(a.Total - b.Total) < 1e-12;
}
