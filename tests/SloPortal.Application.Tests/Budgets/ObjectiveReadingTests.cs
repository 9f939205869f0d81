using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Alerts;
using SloPortal.Application.Changes;
using SloPortal.Application.Measurement;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Budgets;

public sealed class ObjectiveReadingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ObjectiveOrder.Hurts)]
    [InlineData(ObjectiveOrder.Name)]
    [InlineData(ObjectiveOrder.Service)]
    [InlineData(ObjectiveOrder.Left)]
    [InlineData(ObjectiveOrder.Burn)]
    public async Task List_AnyOrder_GivesAgreedAndWaitingOnes(ObjectiveOrder order)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);
        var waiting = await agreement.ProposeAsync(Ct, "waiting");

        var list = (await agreement.Get<ListObjectives.Handler>().HandleAsync(new(Service: agreement.Service, Order: order), agreement.Stakeholder, Ct)).Require();

        Assert.Equal(2, list.Page.Total);
        Assert.Equal(1, list.Counts[ObjectiveStanding.NotAgreed]);
        Assert.Equal(99.9m, Assert.Single(list.Page.Items, r => r.Slug == "orders-placed").TargetPercent);
        Assert.Equal(waiting, Assert.Single(list.Page.Items, r => r.Slug == "waiting").Waiting);
        var trend = (await agreement.Get<BudgetTrends>().OfAsync(list.Page.Items, agreement.Now, Ct)).Single().Value;
        Assert.All(trend, left => Assert.NotNull(left));
    }

    [Fact]
    public async Task List_PageAndFilter_CutTheRows()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.ProposeAsync(Ct, "first");
        await agreement.ProposeAsync(Ct, "second");

        var list = (await agreement.Get<ListObjectives.Handler>().HandleAsync(new("orders_placed%", agreement.Service), agreement.Stakeholder, Ct)).Require();
        var second = (await agreement.Get<ListObjectives.Handler>().HandleAsync(new("placed", agreement.Service, Page: 2, Size: 1), agreement.Stakeholder, Ct)).Require();

        Assert.Empty(list.Page.Items);
        Assert.Single(second.Page.Items);
        Assert.Equal(2, second.Page.Total);
    }

    [Fact]
    public async Task List_PageThatNoNumberReaches_IsRefusedOrEmpty()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var objectives = await agreement.Get<ListObjectives.Handler>().HandleAsync(new(Service: agreement.Service, Page: int.MaxValue), agreement.Stakeholder, Ct);
        var alerts = (await agreement.Get<ListAlerts.Handler>().HandleAsync(new(Page: int.MaxValue), agreement.Stakeholder, Ct)).Require();

        Assert.Equal(RefusalKind.Invalid, objectives.Refusal?.Kind);
        Assert.Empty(alerts.Items);
    }

    [Fact]
    public async Task Standing_RightAfterSigning_IsWhatTheCountsSay()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);

        var standing = (await agreement.Get<GetStanding.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Stakeholder, Ct)).Require()!;

        var seen = (await agreement.Get<SliCounts>().InAsync([new(agreement.SliId, Interval.EndingAt(agreement.Now, TimeSpan.FromDays(7)))], Ct))[0];
        Assert.Equal(seen.Total, standing.Total);
        Assert.Equal(seen.Ratio, standing.Attained);
        Assert.Equal(1 - seen.Bad / (seen.Total * 0.001), standing.LeftShare!.Value, 9);
    }

    [Fact]
    public async Task Story_ThirtyDays_EndsWithTheStandingAndHoldsEveryKindOfEvent()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);
        (await agreement.Get<RecordDeployment.Handler>().HandleAsync(new(agreement.Service, "7.42", DeployedAt: agreement.Now.AddHours(-3)), agreement.Owner, Ct)).Require();

        var story = (await agreement.Get<GetStory.Handler>().HandleAsync(new(agreement.Service, "orders-placed", "30d"), agreement.Stakeholder, Ct)).Require();

        var standing = (await agreement.Get<GetStanding.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Stakeholder, Ct)).Require()!;
        Assert.Equal(agreement.Now, story.Points[^1].At);
        Assert.Equal(standing.LeftShare!.Value, story.Points[^1].BudgetLeft!.Value, 9);
        Assert.Equal(["deployment", "version"], story.Marks.Select(m => m.Kind));
        Assert.InRange(story.Points.Count, 600, StoryResolution.MostPoints + 1);
    }

    [Theory]
    [InlineData("2d", null, null)]
    [InlineData(null, "2026-11-10T00:00:00Z", null)]
    [InlineData(null, "2026-11-10T00:00:00Z", "2026-11-09T00:00:00Z")]
    [InlineData(null, "2024-11-10T00:00:00Z", "2026-11-09T00:00:00Z")]
    public void Span_ThatIsNone_IsRefused(string? range, string? from, string? to)
    {
        var read = StorySpan.Read(range, Instant(from), Instant(to), new DateTimeOffset(2026, 11, 10, 12, 0, 0, TimeSpan.Zero));

        Assert.False(read.Succeeded);

        static DateTimeOffset? Instant(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }
}
