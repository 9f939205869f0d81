using CsCheck;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Incidents.Updates;

public sealed class StatusStoriesTests
{
    private static readonly DateTimeOffset Noon = At.Utc("2026-11-10 12:00");
    private static readonly Guid Checkout = Guid.NewGuid();
    private static readonly Guid Search = Guid.NewGuid();

    private static PublishedUpdate Told(Guid story, ToldState state, double hoursAgo, params (Guid Service, ServiceCondition Condition)[] services) =>
        new(Guid.NewGuid(), story, state, "Checkout fails", "We look into it.", Noon.AddHours(-hoursAgo), null, [.. services.Select(s => new ToldService(s.Service, s.Condition))]);

    [Fact]
    public void Of_ResolvedLongAgo_IsLeftOutAndWhatLastsStays()
    {
        var (old, late, lasting) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        var stories = StatusStories.Of(
            [Told(old, ToldState.Resolved, (14 * 24) + 1), Told(late, ToldState.Investigating, 400), Told(late, ToldState.Resolved, 14 * 24), Told(lasting, ToldState.Identified, 2000)], Noon);

        Assert.Equal([lasting, late], stories.Select(s => s.Id));
        Assert.Equal([ToldState.Resolved, ToldState.Investigating], stories[1].Updates.Select(u => u.Told));
    }

    [Fact]
    public void ConditionOf_SeveralIncidents_IsTheWorstLastWordOfThoseThatLast()
    {
        var (one, other, over) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var stories = StatusStories.Of(
        [
            Told(one, ToldState.Investigating, 3, (Checkout, ServiceCondition.Outage)), Told(one, ToldState.Identified, 2, (Checkout, ServiceCondition.Degraded)),
            Told(other, ToldState.Investigating, 1, (Checkout, ServiceCondition.Operational), (Search, ServiceCondition.Degraded)),
            Told(over, ToldState.Investigating, 5, (Search, ServiceCondition.Outage)), Told(over, ToldState.Resolved, 4),
        ], Noon);

        Assert.Equal(ServiceCondition.Degraded, StatusStories.ConditionOf(Checkout, stories));
        Assert.Equal(ServiceCondition.Degraded, StatusStories.ConditionOf(Search, stories));
        Assert.Equal(ServiceCondition.Operational, StatusStories.ConditionOf(Guid.NewGuid(), stories));
    }

    [Fact]
    public void Of_AnyUpdates_TellsEachOnceWhateverTheirOrder()
    {
        var stories = Gen.Guid.Array[1, 5];
        stories.SelectMany(ids => Gen.Select(Gen.Int[0, ids.Length - 1], Gen.Enum<ToldState>(), Gen.Int[0, 1000]).Array[0, 30]
            .Select(told => told.Select((t, i) => Told(ids[t.Item1], t.Item2, t.Item3 + (i / 1000.0))).ToArray())).Sample(updates =>
        {
            var forth = StatusStories.Of(updates, Noon);
            var back = StatusStories.Of(updates.Reverse(), Noon);

            Assert.Equal(forth.SelectMany(s => s.Updates), back.SelectMany(s => s.Updates));
            Assert.Equal(forth.SelectMany(s => s.Updates).Count(), forth.SelectMany(s => s.Updates).Distinct().Count());
            Assert.All(forth, s => Assert.Equal(s.Updates.Max(u => u.PublishedAt), s.Last.PublishedAt));
            Assert.All(updates.GroupBy(u => u.StoryId).Where(g => g.MaxBy(u => u.PublishedAt)!.Told != ToldState.Resolved), g => Assert.Contains(forth, s => s.Id == g.Key && s.IsOpen));
        });
    }
}
