using SloPortal.Application.Incidents.OnCall.Calendars;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;
using static SloPortal.Application.Tests.Incidents.OnCall.OnCallWorld;

namespace SloPortal.Application.Tests.Incidents.OnCall;

public sealed class TeamHoursTests
{
    private const string Holidays = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//test//EN
        BEGIN:VEVENT
        UID:a
        DTSTART;VALUE=DATE:20201225
        DTEND;VALUE=DATE:20201227
        RRULE:FREQ=YEARLY
        SUMMARY:Christmas
        END:VEVENT
        BEGIN:VEVENT
        UID:b
        DTSTART;VALUE=DATE:20261111
        SUMMARY:Armistice
        END:VEVENT
        BEGIN:VEVENT
        UID:c
        DTSTART:20261112T090000Z
        DTEND:20261112T100000Z
        SUMMARY:A meeting
        END:VEVENT
        END:VCALENDAR
        """;

    private static readonly IReadOnlyList<WeeklyHours> Week = [new(WeeklyHours.Weekdays, new TimeOnly(9, 0), new TimeOnly(17, 0))];

    [Fact]
    public async Task UploadHolidays_RepeatedAndOfSeveralDays_AreLeftOutOfTheHours()
    {
        await using var world = await CreateAsync();
        (await world.Get<SetTeamHours.Handler>().HandleAsync(new SetTeamHours("shop", "UTC", Week), world.Ada, Ct)).Require();

        (await world.Get<UploadHolidays.Handler>().HandleAsync(new UploadHolidays("shop", Holidays), world.Ada, Ct)).Require();

        await using var db = await world.Portal.ContextAsync();
        var hours = (await TeamHours.OfAsync(db, world.Team.Id, Ct))!;
        Assert.Equal([new(2025, 12, 25), new(2025, 12, 26), new(2026, 11, 11), new(2026, 12, 25)], hours.Holidays.Take(4).Select(h => h.Date));
        Assert.True(hours.Covers(new(2026, 11, 10, 10, 0, 0, TimeSpan.Zero)));
        Assert.False(hours.Covers(new(2026, 11, 11, 10, 0, 0, TimeSpan.Zero)));
        Assert.True(hours.Covers(new(2026, 11, 12, 9, 30, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("hello", "This is no iCalendar document that could be read. It begins with BEGIN:VCALENDAR.")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR", "There is no event in this calendar. Give an iCalendar file (.ics) with the holidays as events of whole days.")]
    public async Task UploadHolidays_NotACalendarOfHolidays_IsRefused(string text, string sentence)
    {
        await using var world = await CreateAsync();
        (await world.Get<SetTeamHours.Handler>().HandleAsync(new SetTeamHours("shop", "UTC", Week), world.Ada, Ct)).Require();

        var outcome = await world.Get<UploadHolidays.Handler>().HandleAsync(new UploadHolidays("shop", text), world.Ada, Ct);

        Assert.Equal((RefusalKind.Invalid, sentence), (outcome.Refusal!.Kind, outcome.Refusal.Message));
    }

    [Fact]
    public async Task ReadHolidays_PrivateAddress_IsNotReadAndTheFailureShows()
    {
        await using var world = await CreateAsync();
        (await world.Get<SetTeamHours.Handler>().HandleAsync(new SetTeamHours("shop", "UTC", Week, "http://127.0.0.1:1/holidays.ics"), world.Ada, Ct)).Require();

        await world.Portal.RunAsync<ReadHolidays>();

        var hours = (await world.Get<GetTeamHours.Handler>().HandleAsync(new GetTeamHours("shop"), world.Ben, Ct)).Require().Hours!;
        Assert.Equal(world.Now, hours.CalendarFailedAt);
        Assert.Contains("private address", hours.CalendarProblem, StringComparison.Ordinal);
        Assert.Null(hours.CalendarAddress);
    }

    [Fact]
    public async Task SetTeamHours_ByAStranger_IsDenied()
    {
        await using var world = await CreateAsync();

        Assert.Equal(RefusalKind.Denied, (await world.Get<SetTeamHours.Handler>().HandleAsync(new SetTeamHours("shop", "UTC", Week), world.Stranger, Ct)).Refusal!.Kind);
    }

    [Fact]
    public async Task ReadCalendarFeed_HandOffMoves_TheEventKeepsItsUid()
    {
        await using var world = await CreateAsync();
        var feed = (await world.Get<CreateCalendarFeed.Handler>().HandleAsync(new CreateCalendarFeed("weeks"), world.Ben, Ct)).Require();
        var before = await EventsAsync(world, feed.Secret);
        var read = await world.ReadAsync();

        (await world.Get<ChangeSchedule.Handler>().HandleAsync(new ChangeSchedule("weeks", "Weeks", "UTC", [read.Layers[0] with { HandOff = new TimeOnly(17, 0) }]), world.Ada, Ct)).Require();

        var after = await EventsAsync(world, feed.Secret);
        Assert.Equal(before.Select(e => e.Uid), after.Select(e => e.Uid));
        Assert.Equal("Ada on call: Weeks", before[0].Summary);
        Assert.Equal(("20261109T090000Z", "20261109T170000Z"), (before[1].Start, after[1].Start));
    }

    [Fact]
    public async Task ReadCalendarFeed_OfOnesOwnShifts_HoldsNothingOfOthersAndEndsWhenRevoked()
    {
        await using var world = await CreateAsync();
        (await world.TakeAsync(world.Ben, 0)).Require();
        var feed = (await world.Get<CreateCalendarFeed.Handler>().HandleAsync(new CreateCalendarFeed(), world.Ben, Ct)).Require();

        var events = await EventsAsync(world, feed.Secret);
        (await world.Get<RevokeCalendarFeed.Handler>().HandleAsync(new RevokeCalendarFeed(feed.Id), world.Ben, Ct)).Require();

        Assert.All(events, e => Assert.Equal("On call: Weeks", e.Summary));
        Assert.Equal(["20261102T120000Z", "20261109T090000Z", "20261130T090000Z"], events.Take(3).Select(e => e.Start));
        Assert.Equal(RefusalKind.NotFound, (await world.Get<ReadCalendarFeed.Handler>().HandleAsync(new ReadCalendarFeed(feed.Secret), Ct)).Refusal!.Kind);
    }

    private static async Task<List<(string Uid, string Start, string Summary)>> EventsAsync(OnCallWorld world, string secret)
    {
        var text = (await world.Get<ReadCalendarFeed.Handler>().HandleAsync(new ReadCalendarFeed(secret), Ct)).Require();
        return [.. Ical.Net.Calendar.Load(text)!.Events.OrderBy(e => e.DtStart!.AsUtc).Select(e => (e.Uid!, e.DtStart!.AsUtc.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture), e.Summary!))];
    }
}
