using CsCheck;
using SloPortal.Domain.Incidents.Detection.Watching;

namespace SloPortal.Domain.Tests.Incidents.Detection.Watching;

public sealed class PoissonTailTests
{
    [Fact]
    public void UpperTail_AnyCountAndMean_IsTheSumOfTheProbabilities() => Gen.Select(Gen.Int[0, 150], Gen.Double[0.001, 120]).Sample((k, mean) =>
    {
        var (sum, term) = (0.0, Math.Exp(-mean));
        for (var i = 0; i < 1000; i++)
        {
            if (i >= k)
                sum += term;
            term *= mean / (i + 1);
        }
        // Below that a double has fewer digits, and then none.
        if (sum < 1e-290)
            Assert.InRange(PoissonTail.UpperTail(k, mean), 0, 1e-290);
        else
            Assert.Equal(1, PoissonTail.UpperTail(k, mean) / sum, 1e-10);
    });

    [Fact]
    public void UpperTail_MoreEvents_AreNeverMoreLikely() => Gen.Select(Gen.Double[0.1, 1000], Gen.Double[0.01, 1000], Gen.Double[0, 10]).Sample((k, mean, more) =>
        Assert.True(PoissonTail.UpperTail(k + more, mean) <= PoissonTail.UpperTail(k, mean) + 1e-12));

    [Theory]
    [InlineData(10, 10, 0.5420702855281473)]
    [InlineData(20, 10, 3.454341975856808e-3)]
    [InlineData(1, 1e-9, 9.99999999500000e-10)]
    [InlineData(0, 5, 1)]
    [InlineData(3, 0, 0)]
    public void UpperTail_KnownValues_AreMet(double k, double mean, double expected) =>
        Assert.Equal(expected, PoissonTail.UpperTail(k, mean), expected * 1e-9);

    // At a large mean a Poisson count is normal but for a skew of a sixth of a standard deviation ÷ √λ.
    [Theory]
    [InlineData(1e6)]
    [InlineData(1e8)]
    [InlineData(1e10)]
    public void UpperTail_LargeMean_IsThatOfANormal(double mean)
    {
        var k = mean + 3 * Math.Sqrt(mean);

        Assert.Equal(1, PoissonTail.UpperTail(k, mean) / PoissonTail.Normal(3), 10 / Math.Sqrt(mean) + 1e-6);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.15865525393145705)]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(5, 2.866515718791939e-7)]
    public void Normal_KnownValues_AreMet(double z, double expected) => Assert.Equal(1, PoissonTail.Normal(z) / expected, 1e-10);

    [Fact]
    public void NormalQuantile_AnyProbability_IsTheInverse() => Gen.Double[0.1, 300].Sample(exponent =>
    {
        var p = Math.Pow(10, -exponent) / 2;
        Assert.Equal(1, PoissonTail.Normal(PoissonTail.NormalQuantile(p)) / p, 1e-6);
    });
}
