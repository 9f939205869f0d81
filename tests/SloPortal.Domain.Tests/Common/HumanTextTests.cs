using CsCheck;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Tests.Common;

public class HumanTextTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.4, "under 1 s")]
    [InlineData(51.84, "52 s")]
    [InlineData(59.6, "1 min")]
    [InlineData(129.6, "2 min 10 s")]
    [InlineData(840, "14 min")]
    [InlineData(3599, "1 h")]
    [InlineData(8040, "2 h 14 min")]
    [InlineData(86_399, "1 d")]
    [InlineData(273_600, "3 d 4 h")]
    [InlineData(7_776_000, "90 d")]
    [InlineData(31_536_000, "365 d")]
    [InlineData(-8040, "−2 h 14 min")]
    public void Text_Duration_ReadsAsPeopleSayIt(double seconds, string text) =>
        Assert.Equal(text, HumanDuration.Text(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Text_AnyDuration_NeverShowsAFullUnitInTheSmallerPlace() => Gen.Long[0, TimeSpan.TicksPerDay * 2000].Sample(ticks =>
    {
        var text = HumanDuration.Text(TimeSpan.FromTicks(ticks));
        var parts = text.Replace("under ", "", StringComparison.Ordinal).Split(' ');
        Assert.DoesNotContain(parts.Chunk(2), part => part is ["60", "s" or "min"] or ["24", "h"]);
    }, iter: 5000);

    [Theory]
    [InlineData(0.9995, 2, "99.950 %")]
    [InlineData(0.999, 1, "99.90 %")]
    [InlineData(0.99896, 1, "99.89 %")]
    [InlineData(0.9999999, 1, "99.99 %")]
    [InlineData(0.9999999999999999, 2, "99.999 %")]
    [InlineData(1.0, 1, "100 %")]
    [InlineData(0.0, 0, "0.00 %")]
    public void Attained_Ratio_ShowsTheNinesThatTheTargetNeedsAndIsNeverRoundedUp(double ratio, int decimals, string text) =>
        Assert.Equal(text, PercentText.Attained(ratio, decimals));

    [Fact]
    public void Attained_NoData_SaysSo() => Assert.Equal("no data", PercentText.Attained(null, 1));

    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0.9999, "99.9 %")]
    [InlineData(0.786, "78.6 %")]
    [InlineData(0.0004, "under 0.1 %")]
    [InlineData(0, "0 %")]
    [InlineData(-0.0004, "−0.1 %")]
    [InlineData(-0.342, "−34.2 %")]
    [InlineData(-134.5, "−13,450 %")]
    public void Left_Share_IsCutSoThatItNeverLooksBetter(double share, string text) =>
        Assert.Equal(text, PercentText.Left(share));

    [Theory]
    [InlineData(0.1389, "13.9 %")]
    [InlineData(0.0001, "0.1 %")]
    [InlineData(0, "0 %")]
    [InlineData(1, "100 %")]
    public void Spent_Share_IsRoundedUp(double share, string text) => Assert.Equal(text, PercentText.Spent(share));
}
