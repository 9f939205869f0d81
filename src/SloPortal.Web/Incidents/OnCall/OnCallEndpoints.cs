using SloPortal.Application.Incidents.OnCall;
using SloPortal.Application.Incidents.OnCall.Calendars;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Application.Incidents.OnCall.Shifts;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.OnCall;

internal static class OnCallEndpoints
{
    public static void MapOnCall(this RouteGroupBuilder api)
    {
        api.MapGet("/on-call", async (string? team, WhoIsOnCall.Handler who, CurrentActor current, CancellationToken ct) =>
                (await who.HandleAsync(new WhoIsOnCall(team), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("On call").WithName("WhoIsOnCall").WithSummary("Who is on call now and next by each schedule, and the caller's own shifts of the next 60 days");
        MapSchedules(api.MapGroup("/schedules").WithTags("On call"));
        MapShifts(api.MapGroup("/schedules/{slug}").WithTags("On call"));
        MapHours(api.MapGroup("/teams/{slug}/hours").WithTags("On call"));
        MapFeeds(api.MapGroup("/on-call/calendars").WithTags("On call"));
    }

    private static void MapSchedules(RouteGroupBuilder schedules)
    {
        schedules.MapGet("/", async (string? team, bool? archived, ListSchedules.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListSchedules(team, archived ?? false), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSchedules").WithSummary("The on-call schedules, by team and name");
        schedules.MapPost("/", async (CreateSchedule request, CreateSchedule.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(slug => $"/api/v1/schedules/{slug}"))
            .WithName("CreateSchedule").WithSummary("Adds a schedule of a team; answers with its slug");
        schedules.MapPost("/preview", async (PreviewSchedule request, PreviewSchedule.Handler preview, CurrentActor current, CancellationToken ct) =>
                (await preview.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("PreviewSchedule").WithSummary("What layers that are not saved would make of a schedule, with the gaps in it");
        schedules.MapGet("/{slug}", async (string slug, DateTimeOffset? from, int? days, GetSchedule.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSchedule(slug, from, days ?? 14), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSchedule").WithSummary("A schedule over 1 to 92 days: its layers, its overrides, what comes of them, and the gaps");
        schedules.MapPut("/{slug}", async (string slug, ScheduleGiven to, ChangeSchedule.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeSchedule(slug, to.Name, to.TimeZone, to.Layers, to.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeSchedule").WithSummary("Writes the layers of a schedule anew, from now on; who was on call stays as it was");
        schedules.MapPost("/{slug}/archive", async (string slug, ArchiveSchedule.Handler archive, CurrentActor current, CancellationToken ct) =>
                (await archive.HandleAsync(new ArchiveSchedule(slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ArchiveSchedule").WithSummary("Ends a schedule; nobody is on call by it any more");
    }

    private static void MapShifts(RouteGroupBuilder schedule)
    {
        schedule.MapPost("/overrides", async (string slug, OverrideGiven to, OverrideShift.Handler make, CurrentActor current, CancellationToken ct) =>
                (await make.HandleAsync(new OverrideShift(slug, to.Person, to.From, to.To, to.Reason), await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/schedules/{slug}/overrides/{id}"))
            .WithName("OverrideShift").WithSummary("Puts somebody on call for a stretch of time; refused where it overlaps another override");
        schedule.MapDelete("/overrides/{id:guid}", async (string slug, Guid id, RemoveOverride.Handler remove, CurrentActor current, CancellationToken ct) =>
                (await remove.HandleAsync(new RemoveOverride(slug, id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveOverride").WithSummary("Ends an override; what it was until now stays");
        schedule.MapPost("/take", async (string slug, TakeGiven to, TakeShift.Handler take, CurrentActor current, CancellationToken ct) =>
                (await take.HandleAsync(new TakeShift(slug, to.Layer, to.Index, to.Person, to.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("TakeShift").WithSummary("Takes what is left of a shift, or gives one's own to another member of the team");
        schedule.MapPost("/swap", async (string slug, SwapGiven to, SwapShifts.Handler swap, CurrentActor current, CancellationToken ct) =>
                (await swap.HandleAsync(new SwapShifts(slug, to.One, to.Other, to.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SwapShifts").WithSummary("Exchanges two shifts of two people; both go with their shifts when the hand-off moves");
    }

    private static void MapHours(RouteGroupBuilder hours)
    {
        hours.MapGet("/", async (string slug, GetTeamHours.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetTeamHours(slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetTeamHours").WithSummary("When a team works, its holidays, and whether it works now");
        hours.MapPut("/", async (string slug, HoursGiven to, SetTeamHours.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new SetTeamHours(slug, to.TimeZone, to.Week, to.CalendarAddress, to.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SetTeamHours").WithSummary("Says when a team works, and at which iCalendar address its holidays are");
        hours.MapPut("/holidays", async (string slug, HolidaysGiven to, UploadHolidays.Handler upload, CurrentActor current, CancellationToken ct) =>
                (await upload.HandleAsync(new UploadHolidays(slug, to.Calendar), await current.GetAsync(ct), ct)).ToOk())
            .WithName("UploadHolidays").WithSummary("Takes the holidays of a team from the text of an iCalendar file; answers with their number");
    }

    private static void MapFeeds(RouteGroupBuilder feeds)
    {
        feeds.MapGet("/", async (ListCalendarFeeds.Handler list, CurrentActor current, CancellationToken ct) => (await list.HandleAsync(await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListCalendarFeeds").WithSummary("The caller's calendar addresses that are in use");
        feeds.MapPost("/", async (CreateCalendarFeed request, CreateCalendarFeed.Handler create, HttpContext http, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).Then(f => new FeedMade(f.Id, PortalAddress.Of(http.Request) + Routes.ShiftCalendar(f.Secret))).ToCreated(f => $"/api/v1/on-call/calendars/{f.Id}"))
            .WithName("CreateCalendarFeed").WithSummary("Makes a secret calendar address of the caller's shifts or of a schedule; only this answer shows it. Needs a session");
        feeds.MapDelete("/{id:guid}", async (Guid id, RevokeCalendarFeed.Handler revoke, CurrentActor current, CancellationToken ct) =>
                (await revoke.HandleAsync(new RevokeCalendarFeed(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RevokeCalendarFeed").WithSummary("Ends a calendar address for good");
    }

    /// <summary>For calendar programs, which cannot sign in: whoever has the address may read it.</summary>
    public static void MapShiftCalendars(this IEndpointRouteBuilder app) =>
        app.MapGet("/calendars/{secret}.ics", async (string secret, ReadCalendarFeed.Handler read, HttpResponse response, CancellationToken ct) =>
        {
            var calendar = await read.HandleAsync(new ReadCalendarFeed(secret), ct);
            response.Headers.CacheControl = "private, no-store";
            return calendar.Succeeded
                ? Results.Text(calendar.Value, "text/calendar", System.Text.Encoding.UTF8)
                : Results.Text(calendar.Refusal.Message, "text/plain", System.Text.Encoding.UTF8, StatusCodes.Status404NotFound);
        }).ExcludeFromDescription();

    internal sealed record ScheduleGiven(string Name, string TimeZone, IReadOnlyList<LayerGiven> Layers, uint? Version);

    internal sealed record OverrideGiven(Guid Person, DateTimeOffset? From, DateTimeOffset To, string? Reason);

    internal sealed record TakeGiven(Guid Layer, long Index, Guid? Person, string? Reason);

    internal sealed record SwapGiven(ShiftName One, ShiftName Other, string? Reason);

    internal sealed record HoursGiven(string TimeZone, IReadOnlyList<WeeklyHours> Week, string? CalendarAddress, uint? Version);

    internal sealed record HolidaysGiven(string Calendar);

    /// <param name="Address">The whole address; it is not shown again.</param>
    internal sealed record FeedMade(Guid Id, string Address);
}
