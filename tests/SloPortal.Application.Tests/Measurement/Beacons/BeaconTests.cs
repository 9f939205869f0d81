using System.Text;
using SloPortal.Application.Measurement.Beacons;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Application.Tests.Measurement.Files;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Beacons;

namespace SloPortal.Application.Tests.Measurement.Beacons;

public sealed class BeaconTests : IAsyncLifetime
{
    private const string Site = "https://shop.example.com";

    private FilePortal files = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => files = await FilePortal.OpenAsync();

    public ValueTask DisposeAsync() => files.DisposeAsync();

    [Fact]
    public void Script_WithAsManyGroupsAsThereMayBe_StaysSmall_AndTouchesNoStore()
    {
        PageGroup[] groups = [.. Enumerable.Range(10, 18).Select(i => new PageGroup($"/a/long/path/{i}/*/x", $"a-long-name-{i}"))];
        Assert.Null(PageGroup.Problem(groups));
        Assert.InRange(groups.Sum(g => g.Expression().Length + g.Name.Length), 700, PageGroup.MostText);
        var beacon = new Beacon(1, Guid.Empty, "key", 1, 2, 2500);
        beacon.Change([Site], 0.001, groups);

        var script = BeaconScript.Of(beacon);

        Assert.InRange(Encoding.UTF8.GetByteCount(script), 1000, BeaconScript.MostBytes - 1);
        Assert.DoesNotContain(((string[])["cookie", "Storage", "indexedDB", "location.href", "location.search", "referrer", "userAgent", "eval", "innerHTML"]), word => script.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Take_Reports_CountAsTheSampleWeighs_ByMinuteAndGroup()
    {
        var (id, listener) = await CreateAsync(sampleRate: 0.25, groups: [new PageGroup("/orders/*", "order")]);
        var beacon = await GetAsync(id);

        Report(listener, beacon, new BeaconView("order", true, 80, 900, 0, 0), BeaconAnswer.Taken);
        Report(listener, beacon, new BeaconView("order", true, 90, 2600, 2, 1), BeaconAnswer.Taken);
        Report(listener, beacon, new BeaconView("/orders/17?secret", true, null, null, 0, 0), BeaconAnswer.Taken);
        Report(listener, beacon, new BeaconView("order", false, null, null, 3, 0), BeaconAnswer.Taken);
        await listener.StoreAsync();

        Assert.Equal((4, 8), await files.CountsAsync(beacon.LoadSliId));
        Assert.Equal((8, 12), await files.CountsAsync(beacon.ViewSliId));
        Assert.Equal(
            [new PageGroupRow("order", 2, 1, 2, 1, 1750, 85, 5, 1), new PageGroupRow("other", 1, 0, 0, 0, null, null, 0, 0)],
            (await GetAsync(id)).Pages);
        Assert.Equal(0, await files.ScalarAsync("SELECT count(*) FROM beacon_hours h WHERE h::text LIKE '%secret%'"));
        var source = (await files.Portal.Get<GetSource.Handler>().HandleAsync(new GetSource(id), files.Member, Ct)).Require();
        Assert.Equal((4, 2, SourceState.Arriving), (source.Row.ArrivedLastDay, source.Row.Slis, source.Row.State));
    }

    [Fact]
    public async Task Take_WhatIsNotOfTheApplication_CountsNothing()
    {
        var (id, listener) = await CreateAsync();
        var beacon = await GetAsync(id);
        var view = new BeaconView("other", true, 80, 900, 0, 0);

        Assert.Equal(BeaconAnswer.UnknownKey, listener.Take("other-key", Site, view));
        Assert.Equal(BeaconAnswer.WrongOrigin, listener.Take(beacon.Key, "https://evil.example.com", view));
        Assert.Equal(BeaconAnswer.WrongOrigin, listener.Take(beacon.Key, null, view));
        Report(listener, beacon, null, BeaconAnswer.Unsound);
        Report(listener, beacon, view with { Errors = -1 }, BeaconAnswer.Unsound);
        await listener.StoreAsync();

        Assert.Equal((0, 0), await files.CountsAsync(beacon.ViewSliId));
        Assert.Empty((await GetAsync(id)).Pages);
    }

    [Theory]
    [InlineData("shop.example.com", 1.0)]
    [InlineData("https://shop.example.com/path", 1.0)]
    [InlineData("https://user@shop.example.com", 1.0)]
    [InlineData("*", 1.0)]
    [InlineData("https://shop.example.com", 0.0)]
    [InlineData("https://shop.example.com", 1.5)]
    public async Task Create_Unusable_IsRefusedAndMakesNoSli(string origin, double rate)
    {
        var outcome = await files.Portal.Get<CreateBeacon.Handler>().HandleAsync(new CreateBeacon("Browser", "shop", [origin], rate), files.Portal.Owner, Ct);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
        Assert.Equal(1, await files.ScalarAsync("SELECT count(*) FROM slis"));
    }

    [Fact]
    public async Task Change_ByAnotherTeam_IsDenied_AndByItsOwnFollowsTheWeight()
    {
        var (id, listener) = await CreateAsync();
        var update = files.Portal.Get<UpdateBeacon.Handler>();
        var request = new UpdateBeacon(id, "Browser", [Site], 0.5);

        Assert.Equal(RefusalKind.Denied, (await update.HandleAsync(request, MeasuringPortal.Stranger, Ct)).Refusal?.Kind);
        Assert.True((await update.HandleAsync(request, files.Portal.Owner, Ct)).Succeeded);
        await listener.StoreAsync();
        var beacon = await GetAsync(id);
        Report(listener, beacon, new BeaconView("other", true, 80, 900, 0, 0), BeaconAnswer.Taken);
        await listener.StoreAsync();

        Assert.Equal((2, 2), await files.CountsAsync(beacon.ViewSliId));
    }

    private static void Report(BeaconListener listener, BeaconDetails beacon, BeaconView? view, BeaconAnswer answer) => Assert.Equal(answer, listener.Take(beacon.Key, Site, view));

    private async Task<(int Id, BeaconListener Listener)> CreateAsync(double sampleRate = 1, IReadOnlyList<PageGroup>? groups = null)
    {
        var id = (await files.Portal.Get<CreateBeacon.Handler>().HandleAsync(new CreateBeacon("Browser", "shop", [Site], sampleRate, Groups: groups), files.Portal.Owner, Ct)).Require();
        var listener = files.Portal.Get<BeaconListener>();
        await listener.StoreAsync();
        return (id, listener);
    }

    private async Task<BeaconDetails> GetAsync(int id) => (await files.Portal.Get<GetBeacon.Handler>().HandleAsync(new GetBeacon(id), files.Member, Ct)).Require();
}
