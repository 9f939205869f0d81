using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Application.Incidents.OnCall.Shifts;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;
using static SloPortal.Application.Tests.Incidents.OnCall.OnCallWorld;

namespace SloPortal.Application.Tests.Incidents.OnCall;

public sealed class ScheduleOperationsTests
{
    [Fact]
    public async Task CreateSchedule_LayerWithoutPeople_IsRefusedWithWhatToDo()
    {
        await using var world = await CreateAsync();

        var outcome = await world.Get<CreateSchedule.Handler>().HandleAsync(new CreateSchedule("shop", "empty", "Empty", "UTC", [world.Weeks() with { People = [] }]), world.Ada, Ct);

        Assert.Equal((RefusalKind.Invalid, "Nobody is in “Weekly”. Add somebody, or take the layer out."), (outcome.Refusal!.Kind, outcome.Refusal.Message));
    }

    [Fact]
    public async Task CreateSchedule_OtherTeamStrangerOrTakenName_IsRefused()
    {
        await using var world = await CreateAsync();
        var create = world.Get<CreateSchedule.Handler>();

        var byStranger = await create.HandleAsync(new CreateSchedule("shop", "two", "Two", "UTC", [world.Weeks()]), world.Stranger, Ct);
        var byMember = await create.HandleAsync(new CreateSchedule("shop", "two", "Two", "UTC", [world.Weeks()]), world.Ben, Ct);
        var ofStranger = await create.HandleAsync(new CreateSchedule("shop", "two", "Two", "UTC", [world.Weeks() with { People = [world.Stranger.PersonId] }]), world.Ada, Ct);
        var taken = await create.HandleAsync(new CreateSchedule("shop", "weeks", "Two", "UTC", [world.Weeks()]), world.Ada, Ct);
        var nowhere = await create.HandleAsync(new CreateSchedule("shop", "two", "Two", "Europe/Atlantis", [world.Weeks()]), world.Ada, Ct);

        Assert.Equal([RefusalKind.Denied, RefusalKind.Denied, RefusalKind.Invalid, RefusalKind.Conflict, RefusalKind.Invalid],
            new[] { byStranger.Refusal, byMember.Refusal, ofStranger.Refusal, taken.Refusal, nowhere.Refusal }.Select(r => r!.Kind));
        Assert.Contains("Sil does not belong to the team", ofStranger.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeShift_ByAnyMember_IsTheirsFromNowOnAndBothAreToldAndRecorded()
    {
        await using var world = await CreateAsync();

        (await world.TakeAsync(world.Ben, 0)).Require();

        Assert.Equal(world.Ada.PersonId, await world.PersonAtAsync(Start.AddHours(2)));
        Assert.Equal(world.Ben.PersonId, await world.PersonAtAsync(Start.AddHours(5)));
        Assert.Equal(world.Ben.PersonId, await world.PersonAtAsync(Start.AddDays(7)));
        Assert.Contains(await world.NoticesOfAsync(world.Ada), n => n.StartsWith("Ben has your shift in Weeks", StringComparison.Ordinal));
        Assert.Contains("schedule.shift-taken", await world.AuditAsync());
    }

    [Fact]
    public async Task TakeShift_RefusedCases_SayWhy()
    {
        await using var world = await CreateAsync();
        var layer = (await world.ShiftAsync(0)).Layer;

        var again = await world.TakeAsync(world.Ada, 0);
        var stranger = await world.TakeAsync(world.Stranger, 1);
        var ofThird = await world.TakeAsync(world.Cem, 0, world.Ben.PersonId);
        var unknown = await world.Get<TakeShift.Handler>().HandleAsync(new TakeShift("weeks", Guid.NewGuid(), 0), world.Ben, Ct);
        world.Portal.Clock.SetUtcNow(Start.AddDays(8));
        var over = await world.Get<TakeShift.Handler>().HandleAsync(new TakeShift("weeks", layer, 0), world.Ben, Ct);

        Assert.Equal([RefusalKind.Conflict, RefusalKind.Denied, RefusalKind.Denied, RefusalKind.NotFound, RefusalKind.Conflict],
            new[] { again, stranger, ofThird, unknown, over }.Select(o => o.Refusal!.Kind));
        Assert.StartsWith("This shift is over", over.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwapShifts_ThenTheHandOffMoves_TheSwapsMoveWithTheirShifts()
    {
        await using var world = await CreateAsync();
        var (one, other) = (await world.ShiftAsync(1), await world.ShiftAsync(2));
        (await world.Get<SwapShifts.Handler>().HandleAsync(new SwapShifts("weeks", one, other), world.Ben, Ct)).Require();
        var read = await world.ReadAsync();

        (await world.Get<ChangeSchedule.Handler>().HandleAsync(new ChangeSchedule("weeks", "Weeks", "UTC", [read.Layers[0] with { HandOff = new TimeOnly(17, 0) }], read.Version), world.Ada, Ct)).Require();

        Assert.Equal([world.Ada.PersonId, world.Cem.PersonId, world.Ben.PersonId, world.Ada.PersonId],
            (await world.ReadAsync(Start.AddDays(1), 27)).Strip.Final.Select(s => s.PersonId));
        Assert.Equal(Start.AddDays(7).AddHours(9), (await world.ReadAsync(Start.AddDays(1), 20)).Strip.Final[1].From);
    }

    [Fact]
    public async Task SwapShifts_OfTwoOthersByAMember_IsDenied()
    {
        await using var world = await CreateAsync();

        var outcome = await world.Get<SwapShifts.Handler>().HandleAsync(new SwapShifts("weeks", await world.ShiftAsync(0), await world.ShiftAsync(1)), world.Cem, Ct);

        Assert.Equal(RefusalKind.Denied, outcome.Refusal!.Kind);
    }

    [Fact]
    public async Task OverrideShift_OverlappingAnother_IsRefusedAndNamesIt()
    {
        await using var world = await CreateAsync();
        var over = world.Get<OverrideShift.Handler>();
        var id = (await over.HandleAsync(new OverrideShift("weeks", world.Ben.PersonId, Start.AddDays(1), Start.AddDays(2)), world.Ada, Ct)).Require();

        var outcome = await over.HandleAsync(new OverrideShift("weeks", world.Cem.PersonId, Start.AddDays(1.5), Start.AddDays(3)), world.Ada, Ct);

        Assert.Equal(RefusalKind.Conflict, outcome.Refusal!.Kind);
        Assert.StartsWith("It overlaps the override of Ben from Tue 3 Nov, 08:00", outcome.Refusal.Message, StringComparison.Ordinal);
        (await world.Get<RemoveOverride.Handler>().HandleAsync(new RemoveOverride("weeks", id), world.Ada, Ct)).Require();
        (await over.HandleAsync(new OverrideShift("weeks", world.Cem.PersonId, Start.AddDays(1.5), Start.AddDays(3)), world.Ada, Ct)).Require();
        Assert.Equal(world.Cem.PersonId, await world.PersonAtAsync(Start.AddDays(2.5)));
    }

    [Fact]
    public async Task OverrideShift_TwoAtOnce_OneIsRefused()
    {
        await using var world = await CreateAsync();
        var over = world.Get<OverrideShift.Handler>();

        var outcomes = await Task.WhenAll(new[] { world.Ben, world.Cem }.Select(p => over.HandleAsync(new OverrideShift("weeks", p.PersonId, Start.AddDays(1), Start.AddDays(2)), world.Ada, Ct)));

        Assert.Single(outcomes, o => o.Succeeded);
    }

    [Fact]
    public async Task RemoveOverride_WhileItGoesOn_LeavesWhatItWas()
    {
        await using var world = await CreateAsync();
        var id = (await world.Get<OverrideShift.Handler>().HandleAsync(new OverrideShift("weeks", world.Cem.PersonId, null, Start.AddDays(2)), world.Ada, Ct)).Require();
        world.Portal.Clock.SetUtcNow(Start.AddDays(1));

        (await world.Get<RemoveOverride.Handler>().HandleAsync(new RemoveOverride("weeks", id), world.Ada, Ct)).Require();

        Assert.Equal(world.Cem.PersonId, await world.PersonAtAsync(Start.AddHours(12)));
        Assert.Equal(world.Ada.PersonId, await world.PersonAtAsync(Start.AddDays(1)));
    }

    [Fact]
    public async Task ChangeSchedule_ByTwoAtOnce_TheSecondIsToldToReload()
    {
        await using var world = await CreateAsync();
        var read = await world.ReadAsync();
        var change = world.Get<ChangeSchedule.Handler>();

        (await change.HandleAsync(new ChangeSchedule("weeks", "Mine", "UTC", read.Layers, read.Version), world.Ada, Ct)).Require();
        var second = await change.HandleAsync(new ChangeSchedule("weeks", "Yours", "UTC", read.Layers, read.Version), world.Ada, Ct);

        Assert.Equal(RefusalKind.Conflict, second.Refusal!.Kind);
    }

    [Fact]
    public async Task PreviewSchedule_OtherPeopleAndHours_SaysTheGapsAndTheSwapsThatEnd()
    {
        await using var world = await CreateAsync();
        (await world.TakeAsync(world.Ben, 2)).Require();
        var layer = (await world.ReadAsync()).Layers[0] with { People = [world.Ada.PersonId], Hours = [new WeeklyHours([DayOfWeek.Tuesday], new TimeOnly(9, 0), new TimeOnly(17, 0))] };

        var preview = (await world.Get<PreviewSchedule.Handler>().HandleAsync(new PreviewSchedule("weeks", "UTC", [layer], 7), world.Ada, Ct)).Require();

        Assert.Equal(1, preview.SwapsThatEnd);
        Assert.Equal([new GapRow(world.Now, Start.AddDays(1).AddHours(1)), new GapRow(Start.AddDays(1).AddHours(9), world.Now.AddDays(7))], preview.Strip.Gaps);
        Assert.Equal(3, (await world.ReadAsync()).Layers[0].People.Count);
    }

    [Fact]
    public async Task ArchiveSchedule_WhoWasOnCall_StaysKnown()
    {
        await using var world = await CreateAsync();
        var shift = await world.ShiftAsync(1);

        (await world.Get<ArchiveSchedule.Handler>().HandleAsync(new ArchiveSchedule("weeks"), world.Ada, Ct)).Require();

        Assert.Equal(world.Ada.PersonId, await world.PersonAtAsync(Start.AddHours(3)));
        Assert.Null(await world.PersonAtAsync(world.Now));
        Assert.Equal(RefusalKind.Conflict, (await world.Get<TakeShift.Handler>().HandleAsync(new TakeShift("weeks", shift.Layer, shift.Index), world.Ben, Ct)).Refusal!.Kind);
    }

    [Fact]
    public async Task AtAsync_AccountClosed_IsAGap()
    {
        await using var world = await CreateAsync();
        await using (var db = await world.Portal.ContextAsync())
            await db.Users.Where(p => p.Id == world.Ada.PersonId).ExecuteUpdateAsync(set => set.SetProperty(p => p.DisabledAt, world.Now), Ct);

        Assert.Null(await world.PersonAtAsync(world.Now));
        Assert.Equal(["Ada"], (await world.ReadAsync()).Unreachable);
    }

    [Fact]
    public async Task WhoIsOnCall_AfterAShiftWasTaken_SaysNowNextAndMine()
    {
        await using var world = await CreateAsync();
        Assert.Equal("Ada", Assert.Single((await world.Get<WhoIsOnCall.Handler>().HandleAsync(new WhoIsOnCall(), world.Cem, Ct)).Require().Schedules).Now!.Name);

        (await world.TakeAsync(world.Cem, 0)).Require();

        var answer = (await world.Get<WhoIsOnCall.Handler>().HandleAsync(new WhoIsOnCall(), world.Cem, Ct)).Require();
        var schedule = Assert.Single(answer.Schedules);
        Assert.Equal(("Cem", (DateTimeOffset?)Start.AddDays(7).AddHours(1), "Ben"), (schedule.Now!.Name, schedule.Now.Until, schedule.Next!.Name));
        Assert.Equal(world.Now, answer.Mine[0].Shift.From);
        Assert.Equal("Ada", answer.Mine[0].Shift.InsteadOf);
    }
}
