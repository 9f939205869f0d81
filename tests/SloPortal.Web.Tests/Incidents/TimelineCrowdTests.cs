using SloPortal.TestSupport;
using SloPortal.TestSupport.Live;

namespace SloPortal.Web.Tests.Incidents;

/// <summary>The promise of the timeline: what was written stands once and is seen by everybody, whichever portal dies. How soon is measured by the benchmark timeline-live.</summary>
public sealed class TimelineCrowdTests
{
    [Fact]
    public async Task Write_FiftyReadersOnTwoPortalsAndOneIsKilled_LosesAndDoublesNothing()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await TestPostgres.CreateDatabaseAsync(ct);

        var result = await new TimelineCrowd(Path.Combine(AppContext.BaseDirectory, "sloportal.dll"), database).RunAsync(50, TimeSpan.FromSeconds(12), ct);

        Assert.Equal([], result.Unseen);
        Assert.Equal(Enumerable.Range(0, result.Entries).Select(n => $"entry-{n:000000}"), result.Written.Order(StringComparer.Ordinal));
        Assert.True(result.Reopened >= 25, $"{result.Reopened} readers went to the other portal.");
        await TestPostgres.DropDatabaseAsync(database, ct);
    }
}
