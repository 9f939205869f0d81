using SloPortal.Web.Demo.Story;
using SloPortal.Web.Demo.Traffic;

namespace SloPortal.Web.Tests.Demo;

public sealed class DemoTrafficTests
{
    // A Monday at noon.
    private static readonly DateTimeOffset End = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DemoTroubles Troubles = new(End);
    private static readonly IReadOnlyList<DemoRelease> Releases = DemoReleases.Of(Troubles, End);

    [Fact]
    public void Scrape_Twice_TellsTheSame()
    {
        var first = DemoServices.All.SelectMany(s => new DemoSeries(s, Troubles, Releases).Scrape(End.AddDays(-1), 600)).SelectMany(s => s.Samples);
        var second = DemoServices.All.SelectMany(s => new DemoSeries(s, Troubles, Releases).Scrape(End.AddDays(-1), 600)).SelectMany(s => s.Samples);

        Assert.Equal(first, second);
    }

    [Fact]
    public void Scrape_AnyService_CountersFallOnlyAtReleases()
    {
        foreach (var service in DemoServices.All)
        {
            var restarts = Releases.Where(r => r.Service == service.Slug).Select(r => r.At.ToUnixTimeSeconds() / 60).ToHashSet();
            foreach (var (labels, samples) in new DemoSeries(service, Troubles, Releases).Scrape(End.AddDays(-20), 20 * 1440))
            {
                if (labels.MetricName == DemoServices.ModelAge)
                    continue;
                for (var i = 1; i < samples.Length; i++)
                    Assert.True(samples[i].Value >= samples[i - 1].Value || restarts.Contains(samples[i].Time / 60_000), $"{labels} falls at {samples[i].Time}");
            }
        }
    }

    [Fact]
    public void Of_AnyMinute_NeverFailsMoreThanItServes() => Assert.All(
        DemoServices.All.SelectMany(s => Enumerable.Range(0, 1440).Select(i => DemoTraffic.Of(s, End.AddMinutes(-i * 90), Troubles))),
        minute => Assert.True(minute.Failed <= minute.Total && minute.Slow <= minute.Total && minute.Failed >= 0 && minute.Slow >= 0));

    [Fact]
    public void Of_AWeek_FollowsDaysAndWeekends()
    {
        var checkout = DemoServices.Named("checkout");
        double Sum(int daysBack, int hour) => Enumerable.Range(0, 60).Sum(i => DemoTraffic.Of(checkout, DemoCalendar.At(End, daysBack, hour).AddMinutes(i), Troubles).Total);

        Assert.True(Sum(4, 19) > 5 * Sum(4, 7));
        Assert.True(Sum(2, 19) > 1.2 * Sum(4, 19));
    }

    [Fact]
    public void Of_ShippingQuotes_AreAFewTensADay()
    {
        var quotes = Enumerable.Range(0, 14 * 1440).Sum(i => DemoTraffic.Of(DemoServices.Named("shipping-quotes"), End.AddMinutes(-i), Troubles).Total) / 14.0;

        Assert.InRange(quotes, 20, 70);
    }

    [Fact]
    public void Of_VendorOutage_HitsPaymentsAndCheckoutTogether()
    {
        var during = DemoCalendar.At(End, 11, 18);

        Assert.All(["payments", "checkout"], slug =>
        {
            var minute = DemoTraffic.Of(DemoServices.Named(slug), during, Troubles);
            Assert.True(minute.Failed > minute.Total * 0.05);
        });
    }

    [Fact]
    public void Of_Releases_KeepsTheirOrderAndEveryServiceInIt()
    {
        Assert.Equal(Releases.OrderBy(r => r.At), Releases);
        Assert.Equal(DemoServices.All.Select(s => s.Slug).Order(), Releases.Select(r => r.Service).Distinct().Order());
        Assert.Equal(Releases.Count, Releases.Select(r => (r.Service, r.Version)).Distinct().Count());
    }

    [Fact]
    public void All_People_HoldEveryRole() =>
        Assert.Equal(Enum.GetValues<SloPortal.Domain.Access.Role>().Order(), DemoPeople.People.Select(p => p.Role).Distinct().Order());
}
