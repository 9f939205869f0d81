using CsCheck;
using SloPortal.Domain.Incidents.Triage;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Triage;

public sealed class ChangeClosenessTests
{
    private static readonly DateTimeOffset Began = At.Utc("2026-11-10 12:00");

    private static readonly Gen<NearChange> Changes = Gen.Select(Gen.Int[-360, 120], Gen.Int[0, 3], Gen.Bool).Select((minutes, hops, production) => new NearChange(Guid.NewGuid(), Began.AddMinutes(minutes), hops, production));

    [Fact]
    public void Rank_ChangesNearAndFar_TellsTheClosestFirstWithItsReasons()
    {
        var (near, far, below, staged, late) = (Change(-4), Change(-300), Change(-4, hops: 2), Change(-4, production: false), Change(10));

        var ranked = ChangeCloseness.Rank([late, far, staged, below, near], Began);

        Assert.Equal([near.Id, staged.Id, below.Id, far.Id, late.Id], ranked.Select(r => r.Change.Id));
        Assert.Equal("4 min before it began, on the service itself", ranked[0].Why);
        Assert.Contains(ranked, r => r.Why == "4 min before it began, on what it needs, 2 steps away");
        Assert.Contains(ranked, r => r.Why == "4 min before it began, on the service itself, not in production");
        Assert.Equal((0, "10 min after it began, on the service itself; too late to have begun it"), (ranked[^1].Closeness, ranked[^1].Why));
    }

    [Fact]
    public void Of_AtTheBeginningOnTheServiceItself_IsOneAndHalvesWithEachHalfLifeAndStep()
    {
        Assert.Equal(1, ChangeCloseness.Of(Change(0), Began));
        Assert.Equal(0.5, ChangeCloseness.Of(Change(-30), Began));
        Assert.Equal(0.25, ChangeCloseness.Of(Change(-30, hops: 1), Began));
        Assert.Equal(0.25, ChangeCloseness.Of(Change(0, production: false), Began));
    }

    [Fact]
    public void Rank_AnyChanges_PutsEachThatCanHaveBegunItBeforeThoseThatCameTooLate() => Changes.Array[0, 12].Sample(changes =>
    {
        var ranked = ChangeCloseness.Rank(changes, Began);
        Assert.Equal(changes.Length, ranked.Count);
        var late = ranked.Select(r => r.Change.At > Began + ChangeCloseness.Slack).ToList();
        Assert.Equal(late.Order(), late);
        Assert.All(ranked, r => Assert.InRange(r.Closeness, 0, 1));
    });

    [Fact]
    public void Of_TheSameChangeEarlierOrFartherAway_IsNeverCloser() => Gen.Select(Changes, Gen.Int[0, 60]).Sample((change, minutes) =>
    {
        if (change.At > Began)
            return;
        Assert.True(ChangeCloseness.Of(change with { At = change.At.AddMinutes(-minutes) }, Began) <= ChangeCloseness.Of(change, Began));
        Assert.True(ChangeCloseness.Of(change with { Hops = change.Hops + 1 }, Began) < ChangeCloseness.Of(change, Began));
    });

    [Fact]
    public void Rank_TheSameChangesInAnyOrder_IsTheSame() => Changes.Array[0, 8].Sample(changes =>
        Assert.Equal(ChangeCloseness.Rank(changes, Began), ChangeCloseness.Rank(changes.Reverse(), Began)));

    private static NearChange Change(int minutes, int hops = 0, bool production = true) => new(Guid.NewGuid(), Began.AddMinutes(minutes), hops, production);
}
