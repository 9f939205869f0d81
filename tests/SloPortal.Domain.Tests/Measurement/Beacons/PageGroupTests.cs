using System.Text.RegularExpressions;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Domain.Tests.Measurement.Beacons;

public sealed class PageGroupTests
{
    [Theory]
    [InlineData("/orders/*", "/orders/17", true)]
    [InlineData("/orders/*", "/orders/17/lines", false)]
    [InlineData("/orders/*", "/orders/", false)]
    [InlineData("/orders/*/lines", "/orders/17/lines", true)]
    [InlineData("/help/**", "/help/a/b", true)]
    [InlineData("/help/**", "/helpful", false)]
    [InlineData("/a.html", "/a.html", true)]
    [InlineData("/a.html", "/aXhtml", false)]
    [InlineData("/", "/", true)]
    [InlineData("/", "/a", false)]
    public void Expression_Pattern_FitsWholePaths(string pattern, string path, bool fits) =>
        Assert.Equal(fits, Regex.IsMatch(path, new PageGroup(pattern, "a").Expression(), RegexOptions.ECMAScript));

    [Theory]
    [InlineData("/orders/*", "order", true)]
    [InlineData("orders", "order", false)]
    [InlineData("/a(b)+", "order", false)]
    [InlineData("/**/a", "order", false)]
    [InlineData("/a***", "order", false)]
    [InlineData("/a\"</script>", "order", false)]
    [InlineData("/a", "", false)]
    [InlineData("/a", "other", false)]
    [InlineData("/a", "Order \"x\"", false)]
    public void Problem_Group_IsPlain(string pattern, string name, bool isGood) => Assert.Equal(isGood, PageGroup.Problem([new PageGroup(pattern, name)]) is null);

    [Fact]
    public void Problem_MoreThanTheScriptCarries_IsRefused()
    {
        Assert.NotNull(PageGroup.Problem([.. Enumerable.Range(0, 10).Select(i => new PageGroup($"/{new string('a', 90)}", $"group-{i}"))]));
        Assert.NotNull(PageGroup.Problem([.. Enumerable.Range(0, 21).Select(i => new PageGroup($"/{i}", $"g{i}"))]));
    }

    [Theory]
    [InlineData(0, 0, 100.0, true)]
    [InlineData(-1, 0, 100.0, false)]
    [InlineData(0, 5000, 100.0, false)]
    [InlineData(0, 0, -1.0, false)]
    [InlineData(0, 0, double.NaN, false)]
    [InlineData(0, 0, 1e9, false)]
    [InlineData(0, 0, null, true)]
    public void IsSound_Figures_CanBeOfAPage(int errors, int failed, double? load, bool isSound) => Assert.Equal(isSound, new BeaconView("a", true, null, load, errors, failed).IsSound);
}
