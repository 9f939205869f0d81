using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Tests.Budgets;

public sealed class GetStoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Reader = Actor.System("test");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1h")]
    [InlineData("30d")]
    [InlineData("1y")]
    public async Task Story_BetweenTwoEvaluations_EndsAndRunsOutWithTheStanding(string range)
    {
        await using var world = await BudgetWorld.CreateAsync(Noon.AddDays(-2));
        var objective = await world.AddObjectiveAsync();
        await world.CountEvenlyAsync(objective.SliId, Noon.AddDays(-2), Noon.AddHours(-1), bad: 0, total: 1000);
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-1), Noon, bad: 3, total: 1000);
        world.Clock.SetUtcNow(Noon);
        await world.RunAsync<EvaluateBudgets>();

        // A worse minute has been counted and not evaluated yet.
        world.Clock.Advance(TimeSpan.FromSeconds(75));
        await world.CountAsync(objective.SliId, (Noon, 500, 1000));
        var standing = (await world.Get<GetStanding.Handler>().HandleAsync(new(objective.Service.Slug, "availability"), Reader, Ct)).Require()!;
        var story = (await world.Get<GetStory.Handler>().HandleAsync(new(objective.Service.Slug, "availability", range), Reader, Ct)).Require();

        Assert.Equal((Noon, Noon, Noon), (story.To, story.Now, story.Points[^1].At));
        Assert.Equal(standing.LeftShare!.Value, story.Points[^1].BudgetLeft!.Value, 12);
        Assert.NotNull(standing.ExhaustedAt);
        Assert.Equal((standing.EvaluatedAt, standing.LeftShare, standing.ExhaustedAt), (story.Projection!.From, story.Projection.Left, story.Projection.To));
    }

    [Fact]
    public async Task Story_SignedThisMinute_IsToldAlready()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon.AddDays(200).AddSeconds(20));
        var objective = await world.AddObjectiveAsync();
        world.Clock.AdjustTime(Noon.AddSeconds(50));

        var story = (await world.Get<GetStory.Handler>().HandleAsync(new(objective.Service.Slug, "availability", "1d"), Reader, Ct)).Require();

        Assert.NotEmpty(story.Points);
        Assert.NotEmpty(story.Targets);
    }

    [Fact]
    public async Task Story_EvaluationHasStopped_GoesOnToTheLastMinute()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();
        await world.RunAsync<EvaluateBudgets>();

        world.Clock.Advance(TimeSpan.FromHours(1));
        var story = (await world.Get<GetStory.Handler>().HandleAsync(new(objective.Service.Slug, "availability", "1d"), Reader, Ct)).Require();

        Assert.Equal(Noon.AddHours(1), story.To);
        Assert.Null(story.Projection);
    }
}
