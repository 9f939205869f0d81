using CsCheck;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Domain.Tests.Objectives;

public class ObjectiveTargetTests
{
    [Theory]
    [InlineData("100", "leaves no error budget")]
    [InlineData("100.1", "leaves no error budget")]
    [InlineData("0", "above 0 %")]
    [InlineData("-5", "above 0 %")]
    [InlineData("0.999", "in percent")]
    [InlineData("49.99", "50 % or more")]
    [InlineData("99.9999999", "six decimals")]
    public void RefusalFor_ImpossiblePercent_SaysWhy(string percent, string says)
    {
        var value = decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains(says, ObjectiveTarget.RefusalFor(value), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ObjectiveTarget(value));
    }

    [Fact]
    public void ToString_TrailingZeros_AreDropped()
    {
        Assert.Equal("99.95 %", new ObjectiveTarget(99.9500m).ToString());
        Assert.Equal("90 %", new ObjectiveTarget(90.0m).ToString());
        Assert.Equal(1, new ObjectiveTarget(99.90m).Decimals);
        Assert.Equal(new ObjectiveTarget(99.9m), new ObjectiveTarget(99.90000000m));
    }

    [Fact]
    public void AllowedFailureShare_ThreeNines_IsExact()
    {
        Assert.Equal(0.001m, new ObjectiveTarget(99.9m).AllowedFailureShare);
        Assert.Equal(0.00001m, new ObjectiveTarget(99.999m).AllowedFailureShare);
    }

    [Fact]
    public void AllowedFailures_WholeThousands_AreExact() => Gen.Int[1, 1_000_000].Sample(thousands =>
        Assert.Equal(thousands, new ObjectiveTarget(99.9m).AllowedFailures(thousands * 1000.0)));

    [Theory]
    [InlineData(0.999266, "99.926")]
    [InlineData(0.9999934, "99.99934")]
    [InlineData(0.95, "95")]
    [InlineData(0.8765, "87")]
    [InlineData(1.0, null)]
    [InlineData(0.2, null)]
    public void AtMost_AttainedShare_SuggestsATargetThatHolds(double ratio, string? percent) =>
        Assert.Equal(percent, TargetSuggestion.AtMost(ratio)?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void AtMost_AnyShare_NeverExceedsIt() => Gen.Double[0.5, 1].Sample(ratio =>
    {
        if (TargetSuggestion.AtMost(ratio) is { } percent)
        {
            Assert.True((double)percent <= (ratio * 100) + 1e-9);
            Assert.Null(ObjectiveTarget.RefusalFor(percent));
        }
    });
}
