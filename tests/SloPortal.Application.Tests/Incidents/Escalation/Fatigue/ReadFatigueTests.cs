using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Fatigue;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Fatigue;
using SloPortal.Domain.Incidents.OnCall;
using static SloPortal.Application.Tests.Incidents.Escalation.PagingWorld;

namespace SloPortal.Application.Tests.Incidents.Escalation.Fatigue;

public sealed class ReadFatigueTests
{
    [Fact]
    public async Task Read_TakenAtNightInAnotherZone_IsANightOfThatPersonAlone()
    {
        await using var world = await CreateAsync();
        // At noon UTC it is 21:00 in Tokyo; at 15:00 it is midnight.
        await SetZoneAsync(world, world.First, "Asia/Tokyo");
        await SetZoneAsync(world, world.Second, "Europe/Berlin");
        await world.CallAsync(world.First, world.Second);
        world.Portal.Clock.Advance(TimeSpan.FromHours(3));
        await FireAndTickAsync(world);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(4));
        await TakeAsync(world, world.First);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(20));

        var report = await ReadAsync(world);

        var person = Assert.Single(report.Span.People);
        Assert.Equal(("Aiko", "Asia/Tokyo", true), (person.Name, person.TimeZone, person.IsOwnZone));
        Assert.Equal((1, 1, 1, 0), (person.Figures.Pages, person.Figures.AtNight, person.Figures.Nights, person.Figures.AtWeekend));
        Assert.Equal(new TimeToTake(1, 0, 240, 240, 240), report.Span.Figures.TimeToTake);
        Assert.Equal(1, report.Span.Figures.Week[FatigueFigures.CellOf(DayOfWeek.Wednesday, 0)]);
        Assert.Equal(1.0, report.Span.Figures.Actionable.Share);
        Assert.Equal(0, report.Before.Figures.Pages);
        Assert.Single(await ListAsync(world, report, new(world.First.PersonId, RestTime.Night)));
        Assert.Empty(await ListAsync(world, report, new(world.Second.PersonId)));
    }

    [Fact]
    public async Task Read_NobodyAnswered_IsCensoredAndApartAndNoZero()
    {
        await using var world = await CreateAsync();
        await world.CallAsync(world.First);
        await FireAndTickAsync(world, "one");
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await TakeAsync(world, world.First);
        await world.EndAsync("one");
        await world.TickAsync();
        await FireAndTickAsync(world, "two");
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.TickAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(30));

        var figures = (await ReadAsync(world)).Span.Figures;

        Assert.Equal((1, 1), (figures.Outcomes[PageOutcome.Unanswered], figures.Outcomes[PageOutcome.OverAtOnce]));
        // Half of them were taken within two minutes; of the other half it is only known that it took more than 40.
        Assert.Equal(new TimeToTake(1, 1, 120, null, null), figures.TimeToTake);
        Assert.Equal(new ActionableShare(0, 1, 1), figures.Actionable);
        Assert.Equal(1, figures.Waits[WaitBar.PlaceOf(TimeSpan.FromMinutes(40))].Untaken);
    }

    [Fact]
    public async Task Read_EndedByItselfAndByHand_AreToldApart()
    {
        await using var world = await CreateAsync();
        await world.CallAsync(world.First);
        await FireAndTickAsync(world, "one");
        await world.EndAsync("one");
        await world.TickAsync();
        await FireAndTickAsync(world, "two");
        (await world.Get<ResolvePage.Handler>().HandleAsync(new(await OpenAsync(world), "A load test."), world.First, Ct)).Require();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var report = await ReadAsync(world);

        Assert.Equal((1, 1), (report.Span.Figures.Outcomes[PageOutcome.EndedUntaken], report.Span.Figures.Outcomes[PageOutcome.ClosedByHand]));
        Assert.Equal(new ActionableShare(0, 1, 1), report.Span.Figures.Actionable);
        Assert.NotEqual(await ListAsync(world, report, new(Outcome: PageOutcome.EndedUntaken)), await ListAsync(world, report, new(Outcome: PageOutcome.ClosedByHand)));
    }

    [Fact]
    public async Task Read_CalledAnewSinceItGotWorse_CountsTheLastCalling()
    {
        await using var world = await CreateAsync();
        await world.CallAsync(world.First);
        await FireAndTickAsync(world);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(world, world.First);
        world.Portal.Clock.Advance(TimeSpan.FromHours(1));
        await FireAndTickAsync(world, "memory", SignalSeverity.Critical);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await TakeAsync(world, world.First);

        var report = await ReadAsync(world);

        // From the opening it would be an hour and four minutes.
        Assert.Equal(180, report.Span.Figures.TimeToTake.P50Seconds);
        Assert.Equal(180, Assert.Single(report.Span.People).Figures.TimeToTake.P50Seconds);
        Assert.Equal(1, Assert.Single(report.Span.People).Figures.Pages);
    }

    [Fact]
    public async Task Read_TestPage_IsLeftOutOfFiguresAndLists()
    {
        await using var world = await CreateAsync();
        var policy = await world.CallAsync(world.First);
        (await world.Get<SendTestPage.Handler>().HandleAsync(new(policy), world.Owner, Ct)).Require();
        await world.TickAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var report = await ReadAsync(world);

        Assert.Equal(0, report.Span.Figures.Pages);
        Assert.Empty(report.Span.People);
        Assert.Empty(await ListAsync(world, report, new()));
        Assert.Single((await world.Get<ListPages.Handler>().HandleAsync(new(), world.Owner, Ct)).Require().Pages.Items);
    }

    [Fact]
    public async Task Read_ServiceHasARestrictedIncident_SaysTheSameToEverybodyAsWithoutIt()
    {
        await using var world = await CreateAsync();
        await world.CallAsync(world.First);
        await FireAndTickAsync(world);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await TakeAsync(world, world.First);
        var before = await ReadAsync(world, world.Second);
        var commander = await world.AddPersonAsync("Ines", Role.IncidentCommander);
        (await world.Get<DeclareIncident.Handler>().HandleAsync(
            new("Keys were taken", IncidentSeverity.Sev1, [world.Service], Restricted: true, Readers: [commander.PersonId]), commander, Ct)).Require();

        var (stranger, reader) = (await ReadAsync(world, world.Second), await ReadAsync(world, commander));

        Assert.Equal(Json(before), Json(stranger));
        Assert.Equal(Json(before), Json(reader));

        static string Json(FatigueReport report) => System.Text.Json.JsonSerializer.Serialize(report);
    }

    [Fact]
    public async Task Read_WeeklyShifts_CountsPagesOfWhoeverWasOnCallAndQuietShiftsToo()
    {
        await using var world = await CreateAsync();
        // Noon is on Tuesday 10 November; whole weeks begin on Mondays.
        var layer = new LayerGiven(null, "Weekly", ShiftUnit.Weeks, 1, new DateOnly(2026, 11, 9), new TimeOnly(9, 0), [world.First.PersonId, world.Second.PersonId]);
        (await world.Get<CreateSchedule.Handler>().HandleAsync(new CreateSchedule(world.Team, "weeks", "Weeks", "UTC", [layer]), world.Owner, Ct)).Require();
        await world.CallAsync(world.Second);
        world.Portal.Clock.SetUtcNow(Noon.AddDays(7));
        await FireAndTickAsync(world, "one");
        await world.EndAsync("one");
        await world.TickAsync();
        world.Portal.Clock.SetUtcNow(Noon.AddDays(23));

        // The schedule came on Tuesday of the first week, so this is all of that shift; the fourth goes on.
        var shifts = (await ReadAsync(world)).Span.Shifts;

        Assert.Equal(new ShiftLoads(3, 1, 2, 0, 1, 1), shifts);
    }

    [Fact]
    public async Task Read_SpanBefore_IsBesideIt()
    {
        await using var world = await CreateAsync();
        await world.CallAsync(world.First);
        await FireAndTickAsync(world, "one");
        await world.EndAsync("one");
        await world.TickAsync();
        world.Portal.Clock.Advance(TimeSpan.FromDays(30));
        await FireAndTickAsync(world, "two");
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var report = await ReadAsync(world);
        var both = (await world.Get<ReadFatigue.Handler>().HandleAsync(new(world.Team, Noon.AddDays(-10)), world.Owner, Ct)).Require();

        Assert.Equal((1, 1), (report.Span.Figures.Pages, report.Before.Figures.Pages));
        Assert.Equal((report.Before.To, TimeSpan.FromDays(28)), (report.Span.From, report.Span.To - report.Span.From));
        Assert.Equal((2, 0), (both.Span.Figures.Pages, both.Before.Figures.Pages));
    }

    [Fact]
    public async Task Read_WrongSpanOrTeam_SaysWhatToDo()
    {
        await using var world = await CreateAsync();
        async Task<Refusal?> RefusalAsync(ReadFatigue request) => (await world.Get<ReadFatigue.Handler>().HandleAsync(request, world.Owner, Ct)).Refusal;

        Assert.Equal(RefusalKind.Invalid, (await RefusalAsync(new(From: Noon.AddDays(-367))))?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await RefusalAsync(new(From: Noon.AddDays(1))))?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await RefusalAsync(new(From: Noon.AddDays(-1), To: Noon.AddDays(-2))))?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await RefusalAsync(new(To: DateTimeOffset.MinValue)))?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await RefusalAsync(new("no-such-team")))?.Kind);
        Assert.Null(await RefusalAsync(new(From: Noon.AddDays(-366))));
        Assert.Equal(RefusalKind.Denied, (await world.Get<ReadFatigue.Handler>().HandleAsync(new(), new Actor { Kind = ActorKind.Token, Name = "Pusher", Roles = [], Scopes = TokenScope.Ingest }, Ct)).Refusal?.Kind);
    }

    private static async Task<PagingWorld> CreateAsync() => await PagingWorld.CreateAsync();

    private static async Task FireAndTickAsync(PagingWorld world, string key = "disk", SignalSeverity severity = SignalSeverity.Error)
    {
        await world.FireAsync(key, severity);
        await world.TickAsync();
    }

    private static async Task<int> OpenAsync(PagingWorld world) =>
        Assert.Single((await world.Get<ListPages.Handler>().HandleAsync(new(PageState.Open), world.Owner, Ct)).Require().Pages.Items).Number;

    private static async Task TakeAsync(PagingWorld world, Actor person) => (await world.Get<AcknowledgePage.Handler>().HandleAsync(new(await OpenAsync(world)), person, Ct)).Require();

    private static async Task<FatigueReport> ReadAsync(PagingWorld world, Actor? by = null) => (await world.Get<ReadFatigue.Handler>().HandleAsync(new(world.Team), by ?? world.Owner, Ct)).Require();

    private static async Task<IReadOnlyList<int>> ListAsync(PagingWorld world, FatigueReport report, PageSlice slice) =>
        [.. (await world.Get<ListPages.Handler>().HandleAsync(new(Team: report.Team, Slice: new(report.Span.From, report.Span.To, slice)), world.Owner, Ct)).Require().Pages.Items.Select(p => p.Number)];

    private static async Task SetZoneAsync(PagingWorld world, Actor person, string zone)
    {
        await using var db = await world.Portal.ContextAsync();
        await db.Users.Where(u => u.Id == person.PersonId).ExecuteUpdateAsync(s => s.SetProperty(u => u.TimeZone, zone), Ct);
    }
}
