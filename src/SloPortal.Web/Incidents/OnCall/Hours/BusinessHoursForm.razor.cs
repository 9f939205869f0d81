using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.OnCall.Hours;

/// <summary>When a team works, and its holidays: a part of the team's details.</summary>
public sealed partial class BusinessHoursForm
{
    private const int MostBytes = 1024 * 1024;

    private static readonly IReadOnlyList<string> Zones = ["UTC", .. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private HoursInput input = new();
    private IReadOnlyList<WeeklyHours> other = [];
    private TeamHoursAnswer? shown;
    private TeamDetails? readFor;
    private DateTimeOffset now;
    private string zone = "UTC";
    private string? address;
    private string? said;
    private Refusal? refusal;

    [Inject] private GetTeamHours.Handler Get { get; set; } = default!;
    [Inject] private SetTeamHours.Handler Set { get; set; } = default!;
    [Inject] private UploadHolidays.Handler Upload { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Parameter, EditorRequired] public TeamDetails Team { get; set; } = default!;

    // Whoever draws the team again, for what is typed beside, brings the same one.
    protected override Task OnParametersSetAsync()
    {
        if (ReferenceEquals(readFor, Team))
            return Task.CompletedTask;
        said = null;
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        readFor = Team;
        now = Clock.GetUtcNow();
        var outcome = await Get.HandleAsync(new GetTeamHours(Team.Slug), await Current.GetAsync(), default);
        (shown, refusal) = (outcome.Value, outcome.Refusal);
        input = new HoursInput();
        (zone, address, other) = (shown?.Hours?.TimeZone ?? (Zone.HasIanaId ? Zone.Id : "UTC"), shown?.Hours?.CalendarAddress, []);
        if (shown?.Hours?.Week is [var only])
            input.Fill(only);
        else
            other = shown?.Hours?.Week ?? [];
    }

    private async Task SaveAsync()
    {
        var request = new SetTeamHours(Team.Slug, zone, other.Count > 0 ? other : [input.Given()], address, shown?.Hours?.Version);
        var outcome = await Set.HandleAsync(request, await Current.GetAsync(), default);
        await FinishAsync(outcome.Refusal, "The hours are saved.");
    }

    private async Task UploadAsync(InputFileChangeEventArgs change)
    {
        if (change.File.Size > MostBytes)
        {
            refusal = Refusal.Invalid("Calendar", "An iCalendar file of holidays has at most 1 MB.");
            return;
        }
        using var reader = new StreamReader(change.File.OpenReadStream(MostBytes), Encoding.UTF8);
        var outcome = await Upload.HandleAsync(new UploadHolidays(Team.Slug, await reader.ReadToEndAsync()), await Current.GetAsync(), default);
        await FinishAsync(outcome.Refusal, outcome.Value == 1 ? "One holiday was read." : $"{outcome.Value} holidays were read.");
    }

    private async Task FinishAsync(Refusal? refused, string sentence)
    {
        said = refused is null ? sentence : null;
        if (refused is null)
            await ReadAsync();
        else
            refusal = refused;
    }

    private static string DaysOf(WeeklyHours hours) => hours.Days.Count switch
    {
        7 => "Every day",
        5 when hours.Days.Order().SequenceEqual(WeeklyHours.Weekdays.Order()) => "Monday to Friday",
        _ => string.Join(", ", WeeklyHours.WholeWeek.Where(hours.Days.Contains).Select(d => d.ToString()[..3])),
    };
}
