using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Governance.Retention;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Tests.Incidents.Escalation;
using SloPortal.Domain.Access;
using SloPortal.Domain.Measurement.Retention;
using static SloPortal.Application.Tests.Incidents.Escalation.PagingWorld;

namespace SloPortal.Application.Tests.Governance;

/// <summary>What was received, and who was called about it, goes when its rule says so.</summary>
public sealed class SignalRetentionTests
{
    [Fact]
    public async Task Purge_OldSignalsAndPages_GoAsThePreviewSaidButNotWhatGoesOn()
    {
        await using var world = await PagingWorld.CreateAsync();
        await CallTwiceAsync(world);
        var administrator = await KeepAsync(world, 100);

        var preview = (await world.Get<PreviewPurge.Handler>().HandleAsync(new(RetentionClass.Signals, 100), administrator, Ct)).Require();
        await world.Portal.Pass<PurgeOldData>().RunAsync(world.Now, Ct);

        Assert.Equal((2, 0), (preview.Going, preview.Held));
        var left = await LeftAsync(world);
        Assert.Equal((string[])["cpu"], left.Signals);
        Assert.Equal([2], left.Pages);
        await using var db = await world.Portal.ContextAsync();
        Assert.Equal(2, (await db.PurgeReceipts.SingleAsync(r => r.Kind == RetentionClass.Signals, Ct)).Rows);
    }

    [Fact]
    public async Task Purge_ServiceUnderHold_KeepsItsSignalsAndPages()
    {
        await using var world = await PagingWorld.CreateAsync();
        await CallTwiceAsync(world);
        var administrator = await KeepAsync(world, 100);
        (await world.Get<PlaceLegalHold.Handler>().HandleAsync(new(world.Service, null, "Case 12 of 2026."), administrator, Ct)).Require();

        var preview = (await world.Get<PreviewPurge.Handler>().HandleAsync(new(RetentionClass.Signals, 100), administrator, Ct)).Require();
        await world.Portal.Pass<PurgeOldData>().RunAsync(world.Now, Ct);

        Assert.Equal(0, preview.Going);
        var left = await LeftAsync(world);
        Assert.Equal((string[])["cpu", "disk"], left.Signals);
        Assert.Equal([1, 2], left.Pages);
    }

    /// <summary>A page about a signal that ended, and one that was ended by hand while its signal goes on; 200 days ago.</summary>
    private static async Task CallTwiceAsync(PagingWorld world)
    {
        await world.CallAsync(world.First);
        await world.FireAsync("disk");
        await world.TickAsync();
        await world.EndAsync("disk");
        await world.TickAsync();
        await world.FireAsync("cpu");
        await world.TickAsync();
        (await world.Get<ResolvePage.Handler>().HandleAsync(new(2, "A load test."), world.First, Ct)).Require();
        world.Portal.Clock.Advance(TimeSpan.FromDays(200));
    }

    private static async Task<Actor> KeepAsync(PagingWorld world, int days)
    {
        var administrator = await world.AddPersonAsync("Ada", Role.Administrator);
        var rule = (await world.Get<GetRetention.Handler>().HandleAsync(new(), administrator, Ct)).Require().Kinds.Single(r => r.Kind == RetentionClass.Signals);
        (await world.Get<ChangeRetention.Handler>().HandleAsync(new(RetentionClass.Signals, days, "Long enough.", rule.Version!.Value), administrator, Ct)).Require();
        return administrator;
    }

    private static async Task<(string[] Signals, int[] Pages)> LeftAsync(PagingWorld world)
    {
        await using var db = await world.Portal.ContextAsync();
        return (await db.Signals.Select(s => s.DedupKey!).Order().ToArrayAsync(Ct), await db.Pages.Select(p => p.Number).Order().ToArrayAsync(Ct));
    }
}
