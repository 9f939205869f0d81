using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Quiet;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using static SloPortal.Application.Tests.Incidents.Escalation.PagingWorld;

namespace SloPortal.Application.Tests.Incidents.Escalation;

public sealed class SilencingTests
{
    [Fact]
    public async Task Decide_Silenced_CallsNobodyAndTheLedgerSaysByWhomUntilWhenAndWhy()
    {
        await using var world = await WithCallingAsync();
        var silence = await PlanAsync(world, TimeSpan.FromHours(2));
        await world.FireAsync();

        await world.TickAsync();

        var line = Assert.Single(await world.LedgerAsync());
        Assert.Equal((SignalOutcome.Silenced, silence), (line.Outcome, line.SilenceId!.Value));
        Assert.Equal("Olga silenced it until 2026-11-10 14:00 UTC: The disks are exchanged.", line.Reason);
        Assert.Equal(0, (await PagesAsync(world)).Pages.Total);
        var row = Assert.Single((await ListAsync(world)).Silences.Items);
        Assert.Equal((SilenceState.Active, 1, 1), (row.State, row.Quiet, row.Firing));
    }

    [Fact]
    public async Task Decide_StillFiringWhenTheSilenceEnds_CallsThen()
    {
        await using var world = await WithCallingAsync();
        await PlanAsync(world, TimeSpan.FromHours(2));
        await world.FireAsync();
        await world.TickAsync();

        world.Portal.Clock.Advance(TimeSpan.FromHours(2));
        await world.TickAsync();
        await world.TickAsync();

        Assert.Equal(1, (await PagesAsync(world)).Open);
        var lines = await world.LedgerAsync();
        Assert.Equal([(SignalEventKind.Fired, SignalOutcome.Silenced), (SignalEventKind.Resumed, SignalOutcome.Paged)], lines.Select(l => (l.Kind, l.Outcome!.Value)));
        var row = Assert.Single((await ListAsync(world)).Silences.Items);
        Assert.Equal((SilenceState.Over, 1, 0), (row.State, row.Quiet, row.Firing));
    }

    [Fact]
    public async Task Decide_EndedUnderTheSilence_NeverCalls()
    {
        await using var world = await WithCallingAsync();
        await PlanAsync(world, TimeSpan.FromHours(2));
        await world.FireAsync();
        await world.TickAsync();
        await world.EndAsync();

        world.Portal.Clock.Advance(TimeSpan.FromHours(3));
        await world.TickAsync();

        Assert.Equal(0, (await PagesAsync(world)).Pages.Total);
        Assert.DoesNotContain(await world.LedgerAsync(), l => l.Kind == SignalEventKind.Resumed);
    }

    [Fact]
    public async Task Decide_BeforeAPlannedSilenceAndBesideItsLabels_Calls()
    {
        await using var world = await WithCallingAsync();
        await PlanAsync(world, TimeSpan.FromHours(3), start: TimeSpan.FromHours(1), condition: "instance=~disk.*");
        await world.FireAsync("disk 1");
        await world.TickAsync();
        Assert.Equal(1, (await PagesAsync(world)).Open);

        world.Portal.Clock.Advance(TimeSpan.FromHours(1.5));
        await world.FireAsync("disk 2");
        await world.FireAsync("memory");
        await world.TickAsync();

        Assert.Equal([SignalOutcome.Paged, SignalOutcome.Silenced, SignalOutcome.JoinedPage], (await world.LedgerAsync()).Select(l => l.Outcome!.Value));
    }

    [Fact]
    public async Task End_BeforeItsTime_WhatFiresCallsAtOnce()
    {
        await using var world = await WithCallingAsync();
        var silence = await PlanAsync(world, TimeSpan.FromHours(2));
        await world.FireAsync();
        await world.TickAsync();

        (await world.Get<EndSilence.Handler>().HandleAsync(new EndSilence(silence), world.First, Ct)).Require();
        await world.TickAsync();

        Assert.Equal(1, (await PagesAsync(world)).Open);
        Assert.Equal(RefusalKind.Conflict, (await world.Get<EndSilence.Handler>().HandleAsync(new EndSilence(silence), world.First, Ct)).Refusal!.Kind);
    }

    [Fact]
    public async Task Tell_AQuarterOfAnHourBefore_ReachesThePlannerOnceWithWhatFires()
    {
        await using var world = await WithCallingAsync();
        await PlanAsync(world, TimeSpan.FromHours(2));
        await world.FireAsync();
        await world.TickAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(104));
        await world.Portal.Pass<TellSilences>().RunAsync(world.Now, Ct);
        Assert.Empty(await NoticesAsync(world));

        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Portal.Pass<TellSilences>().RunAsync(world.Now, Ct);
        await world.Portal.Pass<TellSilences>().RunAsync(world.Now, Ct);

        Assert.Contains("ends at 14:00 UTC. One signal that it covers fires still", Assert.Single(await NoticesAsync(world)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_LaterEnd_IsToldAnewAndHoldsUntilThen()
    {
        await using var world = await WithCallingAsync();
        var silence = await PlanAsync(world, TimeSpan.FromHours(1));
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(50));
        await world.Portal.Pass<TellSilences>().RunAsync(world.Now, Ct);

        (await world.Get<MoveSilence.Handler>().HandleAsync(new MoveSilence(silence, Noon.AddHours(3)), world.First, Ct)).Require();
        world.Portal.Clock.Advance(TimeSpan.FromHours(2));
        await world.Portal.Pass<TellSilences>().RunAsync(world.Now, Ct);
        await world.FireAsync();
        await world.TickAsync();

        Assert.Equal(2, (await NoticesAsync(world)).Count);
        Assert.Equal(SignalOutcome.Silenced, Assert.Single(await world.LedgerAsync()).Outcome);
    }

    [Fact]
    public async Task Plan_BadInput_IsRefusedWithASentence()
    {
        await using var world = await WithCallingAsync();
        Assert.Contains("in the past", await RefusedAsync(world, new PlanSilence(world.Team, null, null, Noon.AddHours(-2), Noon.AddHours(-1), "x")), StringComparison.Ordinal);
        Assert.Contains("at most 90 days", await RefusedAsync(world, new PlanSilence(world.Team, null, null, null, Noon.AddDays(91), "x")), StringComparison.Ordinal);
        Assert.Contains("ends after it begins", await RefusedAsync(world, new PlanSilence(world.Team, null, null, Noon.AddHours(2), Noon.AddHours(1), "x")), StringComparison.Ordinal);
        Assert.Contains("Say why", await RefusedAsync(world, new PlanSilence(world.Team, null, null, null, Noon.AddHours(1), "")), StringComparison.Ordinal);
        Assert.Contains("no service of", await RefusedAsync(world, new PlanSilence(world.Team, "nowhere", null, null, Noon.AddHours(1), "x")), StringComparison.Ordinal);
        Assert.Contains("no regular expression", await RefusedAsync(world, new PlanSilence(world.Team, null, [new("a", LabelComparison.Matches, "(")], null, Noon.AddHours(1), "x")), StringComparison.Ordinal);
        var stranger = world.First with { TeamIds = [] };
        Assert.Equal(RefusalKind.Denied, (await world.Get<PlanSilence.Handler>().HandleAsync(new PlanSilence(world.Team, null, null, null, Noon.AddHours(1), "x"), stranger, Ct)).Refusal!.Kind);
    }

    [Fact]
    public async Task Try_Conditions_SaysWhatTheyWouldHaveCovered()
    {
        await using var world = await WithCallingAsync();
        await world.SendAsync(world.Fires("disk 1"), world.Fires("disk 2"), world.Fires("memory"));
        await world.TickAsync();
        await world.EndAsync("disk 1");

        var trial = (await world.Get<TrySilence.Handler>().HandleAsync(new TrySilence(world.Team, world.Service, [new("instance", LabelComparison.Matches, "disk.*")]), world.First, Ct)).Require();

        Assert.Equal((1, 2, 3, 2), (trial.Firing, trial.Week, trial.OfWeek, trial.Calling));
    }

    private static async Task<PagingWorld> WithCallingAsync()
    {
        var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First);
        return world;
    }

    private static async Task<Guid> PlanAsync(PagingWorld world, TimeSpan end, TimeSpan? start = null, string? condition = null) =>
        (await world.Get<PlanSilence.Handler>().HandleAsync(
            new PlanSilence(world.Team, null, condition is null ? [] : [LabelCondition.Read(condition)!], start is { } later ? world.Now + later : null, world.Now + end, "The disks are exchanged."), world.Owner, Ct)).Require();

    private static async Task<string> RefusedAsync(PagingWorld world, PlanSilence request) =>
        (await world.Get<PlanSilence.Handler>().HandleAsync(request, world.Owner, Ct)).Refusal!.Message;

    private static async Task<PageList> PagesAsync(PagingWorld world) => (await world.Get<ListPages.Handler>().HandleAsync(new ListPages(), world.Owner, Ct)).Require();

    private static async Task<SilenceList> ListAsync(PagingWorld world) => (await world.Get<ListSilences.Handler>().HandleAsync(new ListSilences(), world.Owner, Ct)).Require();

    private static async Task<List<string>> NoticesAsync(PagingWorld world)
    {
        await using var db = await world.Portal.ContextAsync();
        return await db.Notices.Where(n => n.PersonId == world.Owner.PersonId && n.Text.StartsWith("The silence")).Select(n => n.Text).ToListAsync(Ct);
    }
}
