using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Detection.Watching;

public sealed class WatchItemTests
{
    private static readonly DateTimeOffset Now = At.Utc("2026-11-10 12:00");
    private static readonly WatchActing Ines = new(Guid.NewGuid(), "Ines", false, Now);

    [Fact]
    public void FindAgain_ALaterLook_AddsToTheHistoryAndStaysNoLonger()
    {
        var item = Found();

        Assert.True(item.FindAgain(Finding("Worse.", Now.AddHours(6)), Ines));
        Assert.False(item.FindAgain(Finding("Worse.", Now.AddHours(6)), Ines));

        Assert.Equal(("Worse.", 2, Now + WatchItem.Usual), (item.Reason, item.TimesFound, item.ExpiresAt));
        Assert.Equal([WatchEvent.Added, WatchEvent.FoundAgain], item.Notes.Select(n => n.Event));
    }

    [Fact]
    public void Extend_LongerThanAMonthOrNotLonger_IsRefused()
    {
        var item = Found();

        Assert.NotNull(item.Extend(Now + WatchItem.Longest + TimeSpan.FromMinutes(1), null, Ines));
        Assert.NotNull(item.Extend(Now + WatchItem.Usual, null, Ines));
        Assert.NotNull(item.Extend(Now, null, Ines));
        Assert.Null(item.Extend(Now + WatchItem.Longest, "Until the vendor answers.", Ines));
        Assert.Equal("Watched until 2026-12-10 12:00 UTC. Until the vendor answers.", item.Notes[^1].Said);
    }

    [Fact]
    public void Expire_BeforeItsTime_DoesNothing()
    {
        var item = Found();

        Assert.False(item.Expire(Ines with { At = item.ExpiresAt.AddTicks(-10) }));
        Assert.True(item.Expire(Ines with { At = item.ExpiresAt }));
        Assert.Equal((WatchState.Expired, WatchEvent.Expired), (item.State, item.Notes[^1].Event));
    }

    [Theory]
    [InlineData(WatchState.Dismissed)]
    [InlineData(WatchState.Expired)]
    [InlineData(WatchState.Promoted)]
    public void Anything_OnceItLeftTheList_IsRefused(WatchState state)
    {
        var item = Found();
        _ = state switch
        {
            WatchState.Dismissed => item.Dismiss("Nothing.", Ines),
            WatchState.Promoted => item.Promote(Guid.NewGuid(), Ines),
            _ => item.Expire(Ines with { At = item.ExpiresAt }) ? null : Refusal.Conflict(""),
        };
        var written = item.Notes.Count;

        Assert.All([item.GiveTo(Guid.NewGuid(), "Rosa", Ines), item.Extend(Now.AddDays(9), null, Ines), item.Dismiss("Nothing.", Ines), item.Promote(Guid.NewGuid(), Ines)], Assert.NotNull);
        Assert.False(item.FindAgain(Finding("Worse.", Now.AddHours(6)), Ines));
        Assert.Equal((state, written), (item.State, item.Notes.Count));
    }

    private static WatchItem Found() => WatchItem.Found(Guid.NewGuid(), new(WatchKind.SlowBurn, Guid.NewGuid(), Guid.NewGuid()), "Checkout: Availability", Finding("It burns.", Now), Ines);

    private static WatchFinding Finding(string said, DateTimeOffset to) => new(said, new(96, 8, 1, 1e-9), 2.4, to.AddDays(-1), to, 3e-4);
}
