using SloPortal.Web.Shared;

namespace SloPortal.Web.Tests.Common;

public sealed class PaletteMatchTests
{
    private static readonly PaletteEntry Checkout = new("Services", "Checkout API", "Payments · checkout-api", "/services/checkout-api");

    [Theory]
    [InlineData("check", "api")]
    [InlineData("api", "out")]
    [InlineData("out", "payments")]
    [InlineData("Checkout API", "check")]
    public void Score_BetterPlace_RanksHigher(string better, string worse) =>
        Assert.True(PaletteMatch.Score(better, Checkout) > PaletteMatch.Score(worse, Checkout));

    [Theory]
    [InlineData("api check")]
    [InlineData("CHECK pay")]
    [InlineData("  ")]
    public void Score_EveryWordFound_Matches(string query) => Assert.True(PaletteMatch.Score(query, Checkout) > 0);

    [Fact]
    public void Score_OneWordMissing_DoesNotMatch() => Assert.Equal(0, PaletteMatch.Score("checkout invoices", Checkout));
}
