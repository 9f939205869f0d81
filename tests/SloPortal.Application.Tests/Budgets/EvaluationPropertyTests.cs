using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Budgets;

/// <summary>The stored evaluation, from running sums, against sums of the minutes as they lie in the database.</summary>
public sealed class EvaluationPropertyTests
{
    private const int Cases = 32;
    private static readonly DateTimeOffset Now = new(2026, 9, 14, 12, 0, 30, TimeSpan.Zero);
    private static readonly string[] Windows = ["rolling 7d", "rolling 28d", "rolling 30d", "rolling 90d", "calendar month UTC"];
    private static readonly decimal[] Targets = [90m, 99m, 99.5m, 99.9m, 99.95m, 99.99m];

    [Theory]
    [InlineData(1)]
    [InlineData(20260914)]
    public async Task RunAsync_RandomCountsInAnyOrder_EqualsANaiveRecomputation(int seed)
    {
        var random = new Random(seed);
        await using var world = await BudgetWorld.CreateAsync(Now);
        var cases = new List<Case>();
        for (var i = 0; i < Cases; i++)
        {
            var (target, window) = (Targets[random.Next(Targets.Length)], Windows[i % Windows.Length]);
            cases.Add(new(await world.AddObjectiveAsync(target, window), target, window));
            await CountAsync(world, cases[i], random, i % 8 == 0 ? 0 : 1 + random.Next(400));
        }

        Assert.True(await world.RunAsync<EvaluateBudgets>());
        foreach (var one in cases)
        {
            await AssertBudgetAsync(world, one);
            await AssertRulesAsync(world, one);
        }

        // Late counts, among them for minutes that have some already, change every sum after them.
        foreach (var one in cases)
            await CountAsync(world, one, random, random.Next(60));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await world.RunAsync<EvaluateBudgets>());
        foreach (var one in cases)
            await AssertBudgetAsync(world, one);
        Assert.Contains(cases, one => one.Fired);
        Assert.Contains(cases, one => !one.Fired);
    }

    private sealed record Case(ObjectiveOfTest Objective, decimal Target, string Window)
    {
        public bool Fired { get; set; }

        public double Allowed => (double)(1m - (Target / 100m));
    }

    /// <summary>Half of them in the last three hours, up to the minute that is not over yet; a third of the cases burn.</summary>
    private static async Task CountAsync(BudgetWorld world, Case one, Random random, int minutes)
    {
        if (minutes == 0)
            return;
        var floor = MinuteClock.Floor(world.Clock.GetUtcNow());
        var worst = random.Next(3) == 0 ? 1.0 : one.Allowed * 2;
        var ages = Enumerable.Range(0, minutes).Select(_ => random.Next(2) == 0 ? random.Next(180) : random.Next(100 * 24 * 60)).Distinct().ToList();
        await world.CountAsync(one.Objective.SliId, [.. ages.Select(age =>
        {
            var total = random.Next(1, 5000);
            return (floor.AddMinutes(-age), total - Math.Floor(total * random.NextDouble() * worst), (double)total);
        })]);
    }

    private static async Task AssertBudgetAsync(BudgetWorld world, Case one)
    {
        var at = MinuteClock.Floor(world.Clock.GetUtcNow());
        var state = (await world.StateAsync(one.Objective))!;
        var (start, elapsed) = one.Window switch
        {
            "calendar month UTC" => (new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero), (at - new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero)) / Period(one, at)),
            _ => (at - Period(one, at), 1.0),
        };
        var (good, total) = await SumAsync(world, one, start, at);
        Assert.Equal((good, total), (state.Good, state.Total));
        Near(total > 0 ? good / total : null, state.Attained);
        Near(total > 0 ? 1 - ((total - good) / (one.Allowed * total / elapsed)) : null, state.LeftShare);
        if (total > 0)
            Near(await BurnAsync(world, one, at, TimeSpan.FromHours(1)), state.BurnLastHour);
    }

    private static async Task AssertRulesAsync(BudgetWorld world, Case one)
    {
        var at = MinuteClock.Floor(world.Clock.GetUtcNow());
        foreach (var rule in await world.RulesAsync(one.Objective))
        {
            var (longBurn, shortBurn) = (await BurnAsync(world, one, at, rule.LongWindow), await BurnAsync(world, one, at, rule.ShortWindow));
            Near(longBurn, rule.LongBurn);
            Near(shortBurn, rule.ShortBurn);
            var spent = AlertPolicy.Workbook.Rules[rule.RuleIndex].BudgetSpentPercent;
            var factor = (double)spent / 100 * (Period(one, at) / rule.LongWindow);
            var (_, events) = await SumAsync(world, one, at - rule.LongWindow, at);
            var fires = events >= AlertRule.DefaultMinimumEvents && longBurn > factor && shortBurn > factor;
            Assert.Equal(fires ? AlertState.Firing : events > 0 ? AlertState.Ok : AlertState.NoData, rule.State);
            one.Fired |= fires;
        }
    }

    private static TimeSpan Period(Case one, DateTimeOffset at) => one.Window.StartsWith("rolling", StringComparison.Ordinal)
        ? TimeSpan.FromDays(int.Parse(one.Window.AsSpan("rolling ".Length).TrimEnd('d'), System.Globalization.CultureInfo.InvariantCulture))
        : TimeSpan.FromDays(DateTime.DaysInMonth(at.Year, at.Month));

    private static async Task<double?> BurnAsync(BudgetWorld world, Case one, DateTimeOffset at, TimeSpan window)
    {
        var (good, total) = await SumAsync(world, one, at - window, at);
        return total > 0 ? (total - good) / total / one.Allowed : null;
    }

    /// <summary>Adds up the minutes themselves; the running sums are what is put to the test.</summary>
    private static async Task<(double Good, double Total)> SumAsync(BudgetWorld world, Case one, DateTimeOffset from, DateTimeOffset to)
    {
        await using var command = world.Database.CreateCommand(
            "SELECT coalesce(sum(good), 0), coalesce(sum(total), 0) FROM sli_minutes WHERE sli_id = $1 AND minute >= $2 AND minute < $3");
        command.Parameters.AddWithValue(one.Objective.SliId);
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        return (reader.GetDouble(0), reader.GetDouble(1));
    }

    private static void Near(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value)
            Assert.Equal(value, actual!.Value, Math.Max(1, Math.Abs(value)) * 1e-9);
    }
}
