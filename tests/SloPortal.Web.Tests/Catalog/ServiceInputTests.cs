using SloPortal.Web.Catalog;

namespace SloPortal.Web.Tests.Catalog;

public sealed class ServiceInputTests
{
    [Fact]
    public void Name_WhileNoSlugWasWritten_SuggestsOne()
    {
        var input = new ServiceInput { Name = "Order Tracking" };

        Assert.Equal("order-tracking", input.Slug);
    }

    [Fact]
    public void Name_AfterOwnSlug_LeavesItAlone()
    {
        var input = new ServiceInput { Name = "Order", Slug = "orders-eu" };
        input.Name = "Order tracking";

        Assert.Equal("orders-eu", input.Slug);
    }

    [Fact]
    public void Name_AfterSlugWasEmptied_SuggestsAgain()
    {
        var input = new ServiceInput { Name = "Order", Slug = "orders-eu" };
        input.Slug = "";
        input.Name = "Basket";

        Assert.Equal("basket", input.Slug);
    }

    [Fact]
    public void GivenLinks_EmptyRow_IsNoLink()
    {
        var input = new ServiceInput { Links = [new() { Title = " ", Url = "" }, new() { Title = "Runbook ", Url = " https://example.org" }] };

        var link = Assert.Single(input.GivenLinks);
        Assert.Equal(("Runbook", "https://example.org"), (link.Title, link.Url));
    }
}
