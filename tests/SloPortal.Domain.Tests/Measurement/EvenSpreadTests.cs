using CsCheck;
using SloPortal.Domain.Measurement;

namespace SloPortal.Domain.Tests.Measurement;

public sealed class EvenSpreadTests
{
    [Fact]
    public void Share_MinusZero_IsZero() => Assert.Equal((0, 0), (EvenSpread.Share(-0.0, 2, 0), EvenSpread.Share(-0.0, 2, 1)));

    [Fact]
    public void Share_WholeEvents_AddUpExactlyAndDifferByAtMostOne() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 60]).Sample((events, minutes) =>
        {
            var shares = Enumerable.Range(0, minutes).Select(m => EvenSpread.Share(events, minutes, m)).ToArray();
            Assert.Equal(events, shares.Sum());
            Assert.True(shares.Max() - shares.Min() <= 1);
        });

    [Fact]
    public void Share_GoodAtMostTotal_StaysSoInEveryMinute() =>
        Gen.Select(Gen.Double[0, 10_000], Gen.Double[0, 1], Gen.Int[1, 60]).Sample((total, part, minutes) =>
        {
            var good = total * part;
            Assert.All(Enumerable.Range(0, minutes), m => Assert.True(EvenSpread.Share(good, minutes, m) <= EvenSpread.Share(total, minutes, m)));
        });
}
