using SloPortal.Application.Access;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Application.Incidents.OnCall.Shifts;
using SloPortal.Domain.Incidents.OnCall;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>Who is on call for the teams: a rotation of weeks with a swap and an override, and one of working hours that leaves the nights to nobody.</summary>
internal static class DemoOnCall
{
    private const string Zone = "Europe/Brussels";
    private const string Platform = "platform";
    private const string Checkout = "checkout-by-day";

    public static IEnumerable<DemoStep> Of(DateTimeOffset end, double pace) =>
        [new(end - TimeSpan.FromDays(10) * pace, AddAsync), new(end.AddHours(-5), TradeAsync)];

    private static async Task AddAsync(DemoStage stage, CancellationToken ct)
    {
        var ines = await stage.ActorAsync(DemoPeople.Administrator, ct);
        if (stage.Check("schedules", await stage.Get<ListSchedules.Handler>().HandleAsync(new ListSchedules(), ines, ct)) is not { Count: 0 })
            return;
        var (jonas, aiko, tomas, priya) = (await stage.ActorAsync("jonas", ct), await stage.ActorAsync("aiko", ct), await stage.ActorAsync("tomas", ct), await stage.ActorAsync("priya", ct));
        stage.Check("member", await stage.Get<ChangeTeamMember.Handler>().HandleAsync(new ChangeTeamMember("buying", aiko.PersonId, true), ines, ct));
        var monday = MondayBefore(stage.Clock.GetUtcNow());
        CreateSchedule[] schedules =
        [
            new("platform", Platform, "Platform, round the clock", Zone,
                [new LayerGiven(null, "Weeks", ShiftUnit.Weeks, 1, monday, new TimeOnly(9, 0), [jonas.PersonId, aiko.PersonId, ines.PersonId])]),
            new("buying", Checkout, "Checkout, by day", Zone,
                [new LayerGiven(null, "Days", ShiftUnit.Days, 1, monday, new TimeOnly(8, 0), [tomas.PersonId, aiko.PersonId], [new WeeklyHours(WeeklyHours.WholeWeek, new TimeOnly(8, 0), new TimeOnly(22, 0))])]),
            new("discovery", "search", "Search", Zone, [new LayerGiven(null, "Always", ShiftUnit.Weeks, 1, monday, new TimeOnly(9, 0), [priya.PersonId])]),
        ];
        foreach (var schedule in schedules)
            stage.Check(schedule.Slug, await stage.Get<CreateSchedule.Handler>().HandleAsync(schedule, ines, ct));
        foreach (var team in DemoPeople.Teams)
            stage.Check(team.Slug, await stage.Get<SetTeamHours.Handler>().HandleAsync(new SetTeamHours(team.Slug, Zone, [new WeeklyHours(WeeklyHours.Weekdays, new TimeOnly(9, 0), new TimeOnly(17, 30))]), ines, ct));
    }

    private static async Task TradeAsync(DemoStage stage, CancellationToken ct)
    {
        var ines = await stage.ActorAsync(DemoPeople.Administrator, ct);
        var now = stage.Clock.GetUtcNow();
        var platform = stage.Check(Platform, await stage.Get<GetSchedule.Handler>().HandleAsync(new GetSchedule(Platform, now, 21), ines, ct));
        // What was traded already stays.
        if (platform is null || platform.Overrides.Count > 0 || platform.Strip.Final.Any(s => s.By == OnCallBy.Swap))
            return;
        var coming = platform.Strip.Final.Where(s => s.From > now).Take(2).ToList();
        if (coming is [var one, var other])
            stage.Check("swap", await stage.Get<SwapShifts.Handler>().HandleAsync(new SwapShifts(Platform, new ShiftName(one.LayerId!.Value, one.Index!.Value), new ShiftName(other.LayerId!.Value, other.Index!.Value), "A wedding in the second week"), ines, ct));
        var evening = new DateTimeOffset(now.UtcDateTime.Date.AddDays(2).AddHours(17), TimeSpan.Zero);
        stage.Check("override", await stage.Get<OverrideShift.Handler>().HandleAsync(new OverrideShift(Platform, ines.PersonId, evening, evening.AddHours(5), "Evening class"), ines, ct));
    }

    private static DateOnly MondayBefore(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime).AddDays(-1);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}
