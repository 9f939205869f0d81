using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Application.Budgets.Tuning;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Tests.Budgets.Tuning;

public sealed class BackTestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Outage = Noon.AddDays(-3);
    private static readonly DateTimeOffset Blip = Noon.AddDays(-2);

    // The blip, a hundred failures, does not fire these.
    private static readonly RuleInput[] Calm = [new(AlertSeverity.Page, 60, 5, 8m)];

    [Fact]
    public async Task Test_RulesBesideThoseInForce_TellsPagesGainedAndLostAgainstTheIncident()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await WithHistoryAsync(world);
        await AddIncidentAsync(world, objective);

        var tested = (await TestAsync(world, Administrator, Calm)).Value!;

        Assert.Equal((2, 1), (tested.InForce.Pages.Alerts, tested.Tested.Pages.Alerts));
        Assert.Equal((0.5, 1.0), (tested.InForce.Pages.Precision, tested.InForce.Pages.Recall));
        Assert.Equal((1.0, 1.0), (tested.Tested.Pages.Precision, tested.Tested.Pages.Recall));
        Assert.Equal("1 page fewer.", tested.Sentence);
        var one = Assert.Single(tested.Objectives);
        var lost = Assert.Single(one.Lost);
        Assert.True(lost.From >= Blip && lost.From <= Blip.AddMinutes(5) && lost.IsTrue == false, $"{lost}");
        Assert.StartsWith($"/objectives/{objective.Service.Slug}/availability?from=2026-09-12T", lost.Story, StringComparison.Ordinal);
        Assert.Equal("INC-1", Assert.Single(one.Intervals).Name.Split(' ')[0]);
    }

    [Fact]
    public async Task Test_NothingKnown_IsUnknownAndNeverAHundredPercent()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        await WithHistoryAsync(world);

        var tested = (await TestAsync(world, Administrator, null)).Value!;

        Assert.Equal(2, tested.InForce.Pages.NotJudged);
        Assert.Null(tested.InForce.Pages.Precision);
        Assert.Null(tested.InForce.Pages.Recall);
        Assert.Single(tested.NothingKnown);
    }

    [Fact]
    public async Task Test_RestrictedIncident_IsKnownToItsReadersAloneAndNotToWhatIsKept()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await WithHistoryAsync(world);
        var reader = Person(Role.Administrator);
        await AddIncidentAsync(world, objective, reader.PersonId);

        var seen = (await TestAsync(world, reader, Calm)).Value!;
        var unseen = (await TestAsync(world, Person(Role.Administrator), Calm)).Value!;
        Assert.Null((await ChangeAsync(world, reader, Calm)).Refusal);

        Assert.Equal(1.0, seen.Tested.Pages.Recall);
        Assert.Null(unseen.Tested.Pages.Recall);
        Assert.Empty(unseen.Objectives[0].Intervals);
        Assert.DoesNotContain("Everything failed", System.Text.Json.JsonSerializer.Serialize(unseen), StringComparison.Ordinal);
        var kept = (await PolicyAsync(world)).BackTest!;
        Assert.Equal(reader.Name, kept.RanBy);
        Assert.Null(kept.Figures.Tested.Recall);
        Assert.Equal(0, kept.Figures.Tested.Known);
    }

    [Fact]
    public async Task Change_RulesThatWereTested_KeepsWhatJustifiedThem_OthersSaySo()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await WithHistoryAsync(world);
        await AddIncidentAsync(world, objective);
        var administrator = Person(Role.Administrator);
        Assert.Null((await PolicyAsync(world)).ChangedAt);
        var tested = (await TestAsync(world, administrator, Calm)).Value!;

        Assert.Null((await ChangeAsync(world, administrator, Calm)).Refusal);
        var justified = await PolicyAsync(world);
        Assert.Equal((administrator.Name, 2, 1), (justified.BackTest!.RanBy, justified.BackTest.Figures.InForce.Alerts, justified.BackTest.Figures.Tested.Alerts));
        Assert.Equal([$"{objective.Service.Slug}/availability"], justified.BackTest.Figures.Objectives);
        Assert.Equal(new AlertPolicy("", "", [Calm[0].Rule()]).RulesHash, justified.BackTest.Hash);
        Assert.Equal(tested.From, justified.BackTest.From);

        // Another minimum of events is another rule, and what somebody else tried is theirs.
        Assert.Null((await ChangeAsync(world, administrator, [Calm[0] with { MinimumEvents = 11 }])).Refusal);
        Assert.Null((await PolicyAsync(world)).BackTest);
        Assert.Null((await ChangeAsync(world, Person(Role.Administrator), Calm)).Refusal);
        Assert.Null((await PolicyAsync(world)).BackTest);
        // A day later a test is no reason any more.
        world.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Null((await ChangeAsync(world, administrator, Calm)).Refusal);
        Assert.Equal((null, administrator.Name), ((await PolicyAsync(world)).BackTest, (await PolicyAsync(world)).ChangedBy));
    }

    [Fact]
    public async Task Test_MinutesThatWereEvaluatedLive_GivesTheAlertsThatFired()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon.AddMinutes(-130));
        var objective = await world.AddObjectiveAsync();
        await world.CountEvenlyAsync(objective.SliId, Noon.AddDays(-1), Noon.AddMinutes(-100), bad: 0, total: 100);
        await world.CountEvenlyAsync(objective.SliId, Noon.AddMinutes(-100), Noon.AddMinutes(-90), bad: 60, total: 100);
        await world.CountEvenlyAsync(objective.SliId, Noon.AddMinutes(-90), Noon, bad: 0, total: 100);
        for (var minute = 0; minute <= 130; minute++, world.Clock.Advance(TimeSpan.FromMinutes(1)))
            await world.RunAsync<EvaluateBudgets>();

        var tested = (await TestAsync(world, Administrator, null)).Value!.Objectives[0];

        var live = (await world.AlertsAsync(objective)).Where(a => a.Severity == AlertSeverity.Page).ToList();
        Assert.NotEmpty(live);
        var page = Assert.Single(tested.InForcePages);
        Assert.Equal((live.Min(a => a.FiredAt), live.Max(a => a.ResolvedAt)), (page.From, (DateTimeOffset?)page.To));
    }

    [Fact]
    public async Task Test_VersionOfThisMinute_IsInForceAlready()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon.AddSeconds(30));
        var objective = await WithHistoryAsync(world);
        // At 90 % no outage burns 14.4 times, so the fast rule makes no sense.
        await world.AddVersionAsync(objective, 2, 90m, "rolling 30d", Noon.AddSeconds(20));

        Assert.Equal(1, (await TestAsync(world, Administrator, null)).Value!.InForce.Rules[0].LeftOutOf);
    }

    [Theory]
    [InlineData(31, "A back-test covers 30 or 90 days.")]
    [InlineData(30, "The short window must be shorter than the long one.")]
    public async Task Test_WhatIsNoTest_IsRefused(int days, string sentence)
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var outcome = await world.Get<TestAlertPolicy.Handler>().HandleAsync(
            new TestAlertPolicy(StoredAlertPolicy.DefaultId, [new(AlertSeverity.Page, 5, days == 31 ? 1 : 5, 2)], Days: days), Administrator, TestContext.Current.CancellationToken);

        Assert.Equal((RefusalKind.Invalid, sentence), (outcome.Refusal!.Kind, outcome.Refusal.Message));
    }

    [Fact]
    public async Task Follow_SamePerson_FindsTheRunThatWasLeft_AnotherDoesNot()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        await WithHistoryAsync(world);
        var (runs, request, person) = (world.Get<TuningRuns>(), new TestAlertPolicy(StoredAlertPolicy.DefaultId, Calm), Person(Role.Administrator));

        var begun = runs.Follow(request, person);
        TuningRun<PolicyTested> later;
        while ((later = runs.Follow(request with { Rules = [.. Calm] }, person)).Outcome is null)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.Equal(begun.Topic, later.Topic);
        Assert.Equal((1, 1, 1), (later.Done, later.Of, later.Outcome.Value.Require().Objectives.Count));
        Assert.NotEqual(begun.Topic, runs.Follow(request, Person(Role.Viewer)).Topic);
    }

    internal static Actor Administrator { get; } = Person(Role.Administrator);

    internal static Actor Person(Role role, params Guid[] teams) => new()
    {
        Kind = ActorKind.Person, PersonId = Guid.NewGuid(), Name = $"A {role}", Roles = [role], TeamIds = [.. teams],
    };

    /// <summary>Thirty days of even traffic with an outage of half an hour and, a day later, a blip of four minutes.</summary>
    internal static async Task<ObjectiveOfTest> WithHistoryAsync(BudgetWorld world)
    {
        var objective = await world.AddObjectiveAsync();
        await world.CountEvenlyAsync(objective.SliId, Noon.AddDays(-6), Outage, bad: 0, total: 100);
        await world.CountEvenlyAsync(objective.SliId, Outage, Outage.AddMinutes(30), bad: 100, total: 100);
        await world.CountEvenlyAsync(objective.SliId, Outage.AddMinutes(30), Blip, bad: 0, total: 100);
        await world.CountEvenlyAsync(objective.SliId, Blip, Blip.AddMinutes(4), bad: 25, total: 100);
        await world.CountEvenlyAsync(objective.SliId, Blip.AddMinutes(4), Noon, bad: 0, total: 100);
        return objective;
    }

    private static async Task AddIncidentAsync(BudgetWorld world, ObjectiveOfTest objective, Guid? reader = null)
    {
        await using var db = await world.ContextAsync();
        if (reader is { } id)
            db.Users.Add(new Data.Access.Person { Id = id, UserName = id.ToString("N"), Email = $"{id:N}@example.com" });
        var incident = new Incident(Guid.NewGuid(), "Everything failed", "", IncidentSeverity.Sev1, Outage, objective.PersonId, Outage.AddMinutes(5));
        incident.ChangeAffected([objective.Service.Id], []);
        incident.ChangeImpact(Outage, Outage.AddMinutes(30), null);
        if (reader is { } only)
            incident.Restrict([only]);
        db.Add(incident);
        await db.SaveChangesAsync();
    }

    private static Task<Outcome<PolicyTested>> TestAsync(BudgetWorld world, Actor actor, IReadOnlyList<RuleInput>? rules) =>
        world.Get<TestAlertPolicy.Handler>().HandleAsync(new TestAlertPolicy(StoredAlertPolicy.DefaultId, rules), actor, TestContext.Current.CancellationToken);

    private static Task<Outcome<Done>> ChangeAsync(BudgetWorld world, Actor actor, IReadOnlyList<RuleInput> rules) =>
        world.Get<ChangeAlertPolicy.Handler>().HandleAsync(new ChangeAlertPolicy(StoredAlertPolicy.DefaultId, "Our own.", rules), actor, TestContext.Current.CancellationToken);

    private static async Task<PolicyDetail> PolicyAsync(BudgetWorld world) =>
        Assert.Single((await world.Get<ListAlertPolicies.Handler>().HandleAsync(new ListAlertPolicies(), Administrator, TestContext.Current.CancellationToken)).Value!);
}
