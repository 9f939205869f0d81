using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.OnCall.Writing;

/// <summary>Writes the layers of a schedule, with a preview of what comes of them.</summary>
public sealed partial class ScheduleFormPage
{
    private static readonly IReadOnlyList<string> Zones = ["UTC", .. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private readonly List<LayerInput> layers = [];
    private IReadOnlyList<TeamRow>? teams;
    private IReadOnlyList<PersonName> members = [];
    private Refusal? denial;
    private Refusal? refusal;
    private SchedulePreview? preview;
    private string? problem;
    private DateTimeOffset now;
    private string? team;
    private string? name;
    private string? slug;
    private string zone = "UTC";
    private string? typed;
    private uint? version;
    private bool busy;
    private int asked;

    [Inject] private CreateSchedule.Handler Create { get; set; } = default!;
    [Inject] private ChangeSchedule.Handler Change { get; set; } = default!;
    [Inject] private ArchiveSchedule.Handler Archive { get; set; } = default!;
    [Inject] private PreviewSchedule.Handler Preview { get; set; } = default!;
    [Inject] private GetSchedule.Handler Get { get; set; } = default!;
    [Inject] private ListTeams.Handler ListTeams { get; set; } = default!;
    [Inject] private ReadTeam.Handler ReadTeam { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Null adds a schedule.</summary>
    [Parameter] public string? Slug { get; set; }

    private IReadOnlyList<Crumb> Way => Slug is null ? [new("On call", Routes.OnCall)] : [new("On call", Routes.OnCall), new(name ?? Slug, Routes.Schedule(Slug))];

    protected override async Task OnInitializedAsync()
    {
        now = Clock.GetUtcNow();
        var actor = await Current.GetAsync();
        if (Slug is null)
            await BeginAsync(actor);
        else
            await OpenAsync(actor, Slug);
        if (denial is null)
            await FollowAsync();
    }

    private async Task BeginAsync(Actor actor)
    {
        if (!actor.May(Permission.OwnServices))
        {
            denial = Denial.Of(actor, Permission.OwnServices);
            return;
        }
        var listed = await ListTeams.HandleAsync(new ListTeams(), actor, default);
        teams = [.. (listed.Value ?? []).Where(t => actor.MayChangeFor(t.Id))];
        if (teams.Count == 0)
        {
            denial = listed.Refusal ?? Refusal.Denied("You belong to no team yet, so there is none whose schedule you could write. An administrator can add you to one.");
            return;
        }
        zone = Zone.HasIanaId ? Zone.Id : "UTC";
        await OfTeamAsync(teams[0].Slug);
        layers.Add(NewLayer());
    }

    private async Task OpenAsync(Actor actor, string schedule)
    {
        var found = await Get.HandleAsync(new GetSchedule(schedule), actor, default);
        if (!found.Succeeded)
        {
            denial = found.Refusal;
            return;
        }
        var it = found.Value;
        if (!it.MayChange)
        {
            denial = it.ArchivedAt is null ? Denial.OfTeam(it.TeamName) : Refusal.Conflict($"{it.Name} is archived, so nobody is on call by it. Make a new schedule.");
            return;
        }
        (teams, members, name, zone, version) = ([], it.Members, it.Name, it.TimeZone, it.Version);
        layers.AddRange(it.Layers.Select(LayerInput.Of));
    }

    private async Task ChooseTeamAsync(ChangeEventArgs change)
    {
        await OfTeamAsync(change.Value?.ToString() ?? "");
        layers.ForEach(l => l.People.Clear());
        await FollowAsync();
    }

    private async Task OfTeamAsync(string chosen)
    {
        team = chosen;
        var read = await ReadTeam.HandleAsync(new ReadTeam(chosen), await Current.GetAsync(), default).OrUnanswered();
        members = [.. (read.Value?.Members ?? []).Where(m => !m.Disabled).Select(m => new PersonName(m.PersonId, m.Name))];
    }

    /// <summary>As long as nobody has written a short name of their own, it follows the name.</summary>
    private void Rename(string? text)
    {
        if (Slug is null && (string.IsNullOrEmpty(slug) || slug == Domain.Common.Slug.From(name ?? "")))
            slug = Domain.Common.Slug.From(text ?? "");
        name = text;
    }

    private LayerInput NewLayer() => new() { Name = layers.Count == 0 ? "Rotation" : $"Layer {layers.Count + 1}", FirstDay = OnCallWords.Day(now, Zone) };

    private Task AddLayerAsync()
    {
        layers.Add(NewLayer());
        return FollowAsync();
    }

    private Task MoveAsync(int rank, int by)
    {
        var layer = layers[rank];
        layers.RemoveAt(rank);
        if (by != 0)
            layers.Insert(Math.Clamp(rank + by, 0, layers.Count), layer);
        return FollowAsync();
    }

    private async Task FollowAsync()
    {
        var mine = ++asked;
        var read = await Preview.HandleAsync(new PreviewSchedule(Slug, zone, Given), await Current.GetAsync(), default).OrUnanswered();
        // Somebody may have written on meanwhile.
        if (mine != asked)
            return;
        (preview, problem) = (read.Value, read.Refusal?.Message);
        now = Clock.GetUtcNow();
    }

    private IReadOnlyList<LayerGiven> Given => [.. layers.Select(l => l.Given())];

    private async Task SaveAsync()
    {
        if (busy)
            return;
        busy = true;
        var actor = await Current.GetAsync();
        refusal = Slug is null
            ? (await Create.HandleAsync(new CreateSchedule(team ?? "", slug ?? "", name ?? "", zone, Given), actor, default)).Refusal
            : (await Change.HandleAsync(new ChangeSchedule(Slug, name ?? "", zone, Given, version), actor, default)).Refusal;
        busy = false;
        if (refusal is null)
            Navigation.NavigateTo(Routes.Schedule(Slug ?? slug!));
    }

    private async Task ArchiveAsync()
    {
        if (typed?.Trim() != Slug)
            return;
        refusal = (await Archive.HandleAsync(new ArchiveSchedule(Slug!), await Current.GetAsync(), default)).Refusal;
        if (refusal is null)
            Navigation.NavigateTo(Routes.Schedule(Slug!));
    }
}
