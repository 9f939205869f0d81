using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Budgets;

public sealed class ChangeAlertPolicyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Administrator = Actor.System("test");
    private static readonly RuleInput Good = new(AlertSeverity.Page, 60, 5, 2m);

    [Theory]
    [InlineData(5, 5, 2, "The short window must be shorter than the long one.")]
    [InlineData(60, 0, 2, "The short window must be longer than nothing.")]
    [InlineData(60, 5, 0, "The budget spent must be above 0 % and at most 100 %.")]
    [InlineData(60, 5, 101, "The budget spent must be above 0 % and at most 100 %.")]
    [InlineData(200000, 5, 2, "The long window is at most 90 days.")]
    public async Task Handle_RuleThatIsNone_IsRefusedBesideTheRule(int longMinutes, int shortMinutes, int spent, string sentence)
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var outcome = await HandleAsync(world, Administrator, [Good, new(AlertSeverity.Ticket, longMinutes, shortMinutes, spent)]);
        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
        Assert.Equal([sentence], outcome.Refusal!.Fields!["Rules[1]"]);
    }

    [Fact]
    public async Task Handle_NotAnAdministrator_IsDenied()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var owner = new Actor { Kind = ActorKind.Person, PersonId = Guid.NewGuid(), Name = "Otto", Roles = [Role.ServiceOwner] };
        Assert.Equal(RefusalKind.Denied, (await HandleAsync(world, owner, [Good])).Refusal?.Kind);
    }

    [Fact]
    public async Task Handle_RuleRemovedWhileItFires_NextEvaluationEndsItsAlertWithTheReason()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-1), Noon, bad: 100, total: 100);
        await world.RunAsync<EvaluateBudgets>();

        Assert.Null((await HandleAsync(world, Administrator, [Good])).Refusal);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RunAsync<EvaluateBudgets>();

        var alerts = await world.AlertsAsync(objective);
        Assert.Equal([0], alerts.Where(a => a.ResolvedAt is null).Select(a => a.RuleIndex));
        Assert.All(alerts.Where(a => a.ResolvedAt is not null), a => Assert.NotNull(a.EndReason));
        await using var db = await world.ContextAsync();
        Assert.Single(db.AuditEntries, e => e.Action == "alert_policy.changed");
    }

    private static Task<Outcome<Done>> HandleAsync(BudgetWorld world, Actor actor, IReadOnlyList<RuleInput> rules) =>
        world.Get<ChangeAlertPolicy.Handler>().HandleAsync(new ChangeAlertPolicy(StoredAlertPolicy.DefaultId, "Our own.", rules), actor, TestContext.Current.CancellationToken);
}
