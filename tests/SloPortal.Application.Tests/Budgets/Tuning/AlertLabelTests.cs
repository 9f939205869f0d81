using SloPortal.Application.Budgets.Tuning;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Budgets.Tuning;

public sealed class AlertLabelTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Outage = Noon.AddDays(-3);

    [Fact]
    public async Task Mark_ByAMemberOfTheTeam_IsHeldAgainstAndAudited()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await BackTestTests.WithHistoryAsync(world);
        var owner = BackTestTests.Person(Role.ServiceOwner, objective.Team.Id);

        var id = (await MarkAsync(world, objective, owner, LabelKind.ShouldPage)).Value;

        var known = Assert.Single((await ListAsync(world, objective, owner)).Labels);
        Assert.Equal((id, Outage, Outage.AddMinutes(30), "We were down.", owner.Name), (known.Mark, known.From, known.To, known.Reason, known.MarkedBy));
        Assert.Equal(1.0, (await TestAsync(world)).InForce.Pages.Recall);

        Assert.Null((await world.Get<UnmarkInterval.Handler>().HandleAsync(
            new UnmarkInterval(objective.Service.Slug, "availability", id), owner, TestContext.Current.CancellationToken)).Refusal);
        Assert.Empty((await ListAsync(world, objective, owner)).Labels);
        Assert.Null((await TestAsync(world)).InForce.Pages.Recall);
        await using var db = await world.ContextAsync();
        Assert.Equal(["alert_label.marked", "alert_label.removed"], db.AuditEntries.Where(e => e.Action.StartsWith("alert_label")).OrderBy(e => e.Number).Select(e => e.Action));
    }

    [Fact]
    public async Task Mark_ByWhoIsNotOfTheTeam_IsDenied()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await BackTestTests.WithHistoryAsync(world);

        foreach (var other in new[] { BackTestTests.Person(Role.ServiceOwner), BackTestTests.Person(Role.Auditor, objective.Team.Id), BackTestTests.Person(Role.Viewer, objective.Team.Id) })
        {
            Assert.Equal(RefusalKind.Denied, (await MarkAsync(world, objective, other, LabelKind.ShouldPage)).Refusal?.Kind);
            Assert.False((await ListAsync(world, objective, other)).MayMark);
        }
    }

    [Fact]
    public async Task Mark_TheFuture_IsRefused()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();
        var outcome = await world.Get<MarkInterval.Handler>().HandleAsync(
            new MarkInterval(objective.Service.Slug, "availability", Noon.AddHours(-1), Noon.AddHours(1), LabelKind.ShouldPage, "Surely."), BackTestTests.Administrator, TestContext.Current.CancellationToken);

        Assert.Equal(["Only what has passed can be marked."], outcome.Refusal!.Fields!["To"]);
    }

    [Fact]
    public async Task Sweep_WithAMark_HasAFrontierThatRunsFromIt_WithoutSaysWhyNot()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await BackTestTests.WithHistoryAsync(world);

        var without = await SweepAsync(world, objective);
        await MarkAsync(world, objective, BackTestTests.Administrator, LabelKind.ShouldPage);
        var with = await SweepAsync(world, objective);

        Assert.Null(without.InForce);
        Assert.Empty(without.Frontier);
        Assert.Contains("Nothing is known of this time", without.Reason, StringComparison.Ordinal);
        Assert.Equal(1, with.Proposed!.Detected);
        Assert.True(with.Proposed.PerWeek < with.InForce!.PerWeek, $"The blip need not page: {with.Proposed} beside {with.InForce}");
        // What is proposed is a whole policy: the rules that make tickets come along.
        Assert.Equal(2, with.Proposed.Rules.Count(r => r.Severity == AlertSeverity.Ticket));
    }

    private static Task<Outcome<Guid>> MarkAsync(BudgetWorld world, ObjectiveOfTest objective, Actor actor, LabelKind kind) => world.Get<MarkInterval.Handler>().HandleAsync(
        new MarkInterval(objective.Service.Slug, "availability", Outage, Outage.AddMinutes(30), kind, "We were down."), actor, TestContext.Current.CancellationToken);

    private static async Task<LabelList> ListAsync(BudgetWorld world, ObjectiveOfTest objective, Actor actor) =>
        (await world.Get<ListAlertLabels.Handler>().HandleAsync(new ListAlertLabels(objective.Service.Slug, "availability"), actor, TestContext.Current.CancellationToken)).Value!;

    private static async Task<PolicyTested> TestAsync(BudgetWorld world) =>
        (await world.Get<TestAlertPolicy.Handler>().HandleAsync(new TestAlertPolicy(StoredAlertPolicy.DefaultId), BackTestTests.Administrator, TestContext.Current.CancellationToken)).Value!;

    private static async Task<PolicySwept> SweepAsync(BudgetWorld world, ObjectiveOfTest objective) =>
        (await world.Get<SweepAlertPolicy.Handler>().HandleAsync(new SweepAlertPolicy(objective.Service.Slug, "availability", 30), BackTestTests.Administrator, TestContext.Current.CancellationToken)).Value!;
}
