using System.Text.Json;

namespace SloPortal.Web.Tests.Access.Table;

internal static class OnCallRows
{
    private const string Schedules = "/api/v1/schedules";
    private const string Hours = "/api/v1/teams/shop/hours";
    private const string Calendar = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//x//EN\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\nDTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas\nEND:VEVENT\nEND:VCALENDAR\n";

    private static readonly object Week = new { timeZone = "Europe/Berlin", week = new[] { new { days = new[] { "monday" }, from = "09:00:00", to = "17:00:00" } } };

    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /api/v1/on-call", Who.Readers, "/api/v1/on-call"),
        new("GET /api/v1/schedules", Who.Readers, Schedules),
        new("POST /api/v1/schedules", Who.Team, async w => new(Schedules, Schedule(w.Slug("schedule"), await w.PersonAsync(member: true)))),
        new("POST /api/v1/schedules/preview", Who.Readers, async w => new(Schedules + "/preview", new { timeZone = "UTC", layers = new[] { Layer(await w.PersonAsync(member: true)) }, days = 2 })),
        new("GET /api/v1/schedules/{slug}", Who.Readers, async w => new($"{Schedules}/{await MadeAsync(w)}")),
        new("PUT /api/v1/schedules/{slug}", Who.Team, async w => new($"{Schedules}/{await MadeAsync(w)}", new { name = w.Slug("renamed"), timeZone = "UTC", layers = new[] { Layer(await w.PersonAsync(member: true)) } })),
        new("POST /api/v1/schedules/{slug}/archive", Who.Team, async w => new($"{Schedules}/{await MadeAsync(w)}/archive")),
        new("POST /api/v1/schedules/{slug}/overrides", Who.Team, async w => new($"{Schedules}/{await MadeAsync(w)}/overrides", Override(await w.PersonAsync(member: true)))),
        new("DELETE /api/v1/schedules/{slug}/overrides/{id:guid}", Who.Team, async w =>
        {
            var slug = await MadeAsync(w);
            return new($"{Schedules}/{slug}/overrides/{(await w.DoAsync($"/schedules/{slug}/overrides", Override(await w.PersonAsync(member: true)))).GetGuid()}");
        }),
        new("POST /api/v1/schedules/{slug}/take", Who.Team, async w =>
        {
            var slug = await MadeAsync(w);
            var shift = (await ShiftsAsync(w, slug))[0];
            return new($"{Schedules}/{slug}/take", new { layer = shift.Layer, index = shift.Index, person = await w.PersonAsync(member: true) });
        }),
        new("POST /api/v1/schedules/{slug}/swap", Who.Team, async w =>
        {
            var slug = await MadeAsync(w, await w.PersonAsync(member: true));
            var shifts = await ShiftsAsync(w, slug);
            return new($"{Schedules}/{slug}/swap", new { one = new { layer = shifts[1].Layer, index = shifts[1].Index }, other = new { layer = shifts[2].Layer, index = shifts[2].Index } });
        }),
        new("GET /api/v1/teams/{slug}/hours", Who.Readers, Hours),
        new("PUT /api/v1/teams/{slug}/hours", Who.Team, Hours, Week),
        new("PUT /api/v1/teams/{slug}/hours/holidays", Who.Team, async w =>
        {
            await w.PutAsync("/teams/shop/hours", Week);
            return new(Hours + "/holidays", new { calendar = Calendar });
        }),
        new("GET /api/v1/on-call/calendars", Who.Readers, "/api/v1/on-call/calendars"),
        new("POST /api/v1/on-call/calendars", Who.People, "/api/v1/on-call/calendars", new { }),
        // Of somebody else: whoever may end their own is told that there is none.
        new("DELETE /api/v1/on-call/calendars/{id:guid}", Who.People, $"/api/v1/on-call/calendars/{Guid.Empty}") { Answer = System.Net.HttpStatusCode.NotFound },
    ];

    internal static async Task<string> MadeAsync(AccessWorld world, params Guid[] people)
    {
        var slug = world.Slug("schedule");
        await world.DoAsync("/schedules", Schedule(slug, [await world.PersonAsync(member: true), .. people]));
        return slug;
    }

    private static object Schedule(string slug, params Guid[] people) => new { team = "shop", slug, name = slug, timeZone = "UTC", layers = new[] { Layer(people) } };

    private static object Layer(params Guid[] people) => new { name = "Daily", unit = "days", every = 1, firstDay = "2026-01-05", handOff = "09:00:00", people };

    private static object Override(Guid person) => new { person, from = DateTimeOffset.UtcNow.AddHours(1), to = DateTimeOffset.UtcNow.AddHours(3) };

    /// <summary>What goes on or comes, the first first.</summary>
    private static async Task<List<(Guid Layer, long Index)>> ShiftsAsync(AccessWorld world, string slug) =>
    [
        .. (await world.ReadAsync($"/schedules/{slug}")).GetProperty("strip").GetProperty("final").EnumerateArray()
            .Where(s => s.GetProperty("to").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(1))
            .Select(s => (s.GetProperty("layerId").GetGuid(), s.GetProperty("index").GetInt64())),
    ];
}
