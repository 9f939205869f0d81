using SloPortal.TestSupport.Live;

namespace SloPortal.Web.Tests.Incidents;

/// <summary>The promise of paging: nothing that was told is lost or told twice, whatever breaks. How soon is measured by the benchmark flood.</summary>
public sealed class AlertFloodTests
{
    [Fact]
    public async Task Flood_APortalIsKilledAndTheDatabaseRestarted_EveryAlertIsInTheLedgerAndEveryPageIsSent()
    {
        var result = await new AlertFlood(Path.Combine(AppContext.BaseDirectory, "sloportal.dll")).RunAsync(breaks: true, TestContext.Current.CancellationToken);

        Assert.Equal((0, AlertFlood.Alerts), (result.Refused, result.Ledger));
        Assert.Equal(AlertFlood.Services, result.Pages.Count);
        Assert.All(result.Pages, page => Assert.Equal(1, page.Value));
        Assert.Equal(AlertFlood.Services, result.Notices.Count);
    }
}
