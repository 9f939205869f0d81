using SloPortal.Domain.Measurement;

namespace SloPortal.Domain.Tests.Measurement;

public sealed class ExponentialBucketsTests
{
    [Fact]
    public void CountUpTo_ScaleZero_HasABucketForEachPowerOfTwo()
    {
        // Indices −1, 0, 1: up to 1, up to 2, up to 4.
        var upTo = CountUpTo(scale: 0, offset: -1, [1, 2, 4]);

        Assert.Equal((0, 1, 3, 7, 7), (upTo(0.5), upTo(1), upTo(2), upTo(4), upTo(8)));
    }

    [Fact]
    public void CountUpTo_FinerScale_SumsTheBucketsBelowEachPower()
    {
        // Base 2^(1/4): indices 0 to 3 lie above 1 and up to 2, 4 to 7 up to 4.
        var upTo = CountUpTo(scale: 2, offset: 2, [1, 10, 100, 1000]);

        Assert.Equal((0, 11, 1111), (upTo(1), upTo(2), upTo(4)));
    }

    [Fact]
    public void CountUpTo_NegativeAndZero_AreBelowEveryBound()
    {
        var upTo = CountUpTo(scale: 0, offset: 0, [1], negative: 5, zero: 7);

        Assert.Equal((12, 12, 13), (upTo(1.0 / 1024), upTo(1), upTo(2)));
    }

    [Fact]
    public void CountUpTo_ZeroIsWiderThanABound_TheBoundIsNotKnown()
    {
        var upTo = CountUpTo(scale: 0, offset: 0, [1], zero: 7, zeroThreshold: 0.25);

        Assert.True(double.IsNaN(upTo(0.125)));
        Assert.Equal((7, 8), (upTo(0.25), upTo(2)));
    }

    [Fact]
    public void CountUpTo_ScaleBelowZero_KnowsOnlyItsOwnBounds()
    {
        // Base 16: index 0 lies above 1 and up to 16.
        var upTo = CountUpTo(scale: -2, offset: 0, [3]);

        Assert.Equal((0, 3, 3), (upTo(1), upTo(16), upTo(32)));
        Assert.True(double.IsNaN(upTo(2)) && double.IsNaN(upTo(8)));
    }

    [Theory]
    [InlineData(20, int.MaxValue)]
    [InlineData(20, int.MinValue)]
    [InlineData(-10, int.MaxValue)]
    [InlineData(-10, int.MinValue)]
    public void CountUpTo_ExtremeOffsets_AreAboveOrBelowEverything(int scale, int offset)
    {
        var upTo = CountUpTo(scale, offset, [3]);

        Assert.Equal(offset > 0 ? 0 : 3, upTo(1));
    }

    private static Func<double, double> CountUpTo(int scale, int offset, ulong[] counts, double negative = 0, double zero = 0, double zeroThreshold = 0)
    {
        var upTo = new double[ExponentialBuckets.Bounds.Length];
        ExponentialBuckets.CountUpTo(scale, negative, zero, zeroThreshold, offset, counts, upTo);
        return bound => upTo[ExponentialBuckets.Bounds.IndexOf(bound)];
    }
}
