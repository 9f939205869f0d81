using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Coverage;
using SloPortal.Application.Catalog;
using SloPortal.Application.Catalog.Journeys;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Budgets.Coverage;

/// <summary>Says what users come to do, anew or for the first time.</summary>
public sealed partial class JourneyForm
{
    private readonly HashSet<string> chosen = [];
    private IReadOnlyList<OwnerTeam> teams = [];
    private IReadOnlyList<ServiceRow> services = [];
    private Refusal? refusal;
    private string name = "";
    private string steps = "";
    private string team = "";
    private int position;
    private bool busy;
    private bool archiving;
    private bool asked;
    private ElementReference keep;

    /// <summary>The one to change; null for a new one.</summary>
    [Parameter] public JourneyRow? Journey { get; set; }

    /// <summary>Its slug; null once it is archived.</summary>
    [Parameter] public EventCallback<string?> Saved { get; set; }

    [Inject] private CreateJourney.Handler Create { get; set; } = default!;
    [Inject] private UpdateJourney.Handler Update { get; set; } = default!;
    [Inject] private ArchiveJourney.Handler Archive { get; set; } = default!;
    [Inject] private ListOwnerTeams.Handler ListTeams { get; set; } = default!;
    [Inject] private ListServices.Handler ListServices { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        teams = (await ListTeams.HandleAsync(new ListOwnerTeams(), actor, default)).Value ?? [];
        services = (await ListServices.HandleAsync(new ListServices(null, null, false), actor, default)).Value ?? [];
        if (Journey is { } journey)
        {
            (name, steps, team, position) = (journey.Name, journey.Steps, journey.Team, journey.Position);
            chosen.UnionWith(journey.Services.Select(s => s.Slug));
        }
        else if (teams is [var only])
        {
            team = only.Slug;
        }
    }

    // The question may lie below the edge of the panel, which the focus brings up.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!asked)
            return;
        asked = false;
        await keep.FocusAsync();
    }

    private void AskToArchive() => (archiving, asked) = (true, true);

    private void Toggle(string service)
    {
        if (!chosen.Remove(service))
            chosen.Add(service);
    }

    private Task SaveAsync() => DoAsync(async actor =>
    {
        if (Journey is { } journey)
            return ((await Update.HandleAsync(new UpdateJourney(journey.Slug, name, steps, team, [.. chosen], position, journey.Version), actor, default)).Refusal, journey.Slug);
        var slug = Slug.From(name);
        return ((await Create.HandleAsync(new CreateJourney(slug, name, steps, team, [.. chosen], position), actor, default)).Refusal, slug);
    });

    private Task ArchiveAsync() => DoAsync(async actor => ((await Archive.HandleAsync(new ArchiveJourney(Journey!.Slug), actor, default)).Refusal, null));

    private async Task DoAsync(Func<Domain.Access.Actor, Task<(Refusal? Refusal, string? Slug)>> deed)
    {
        // A second click may come before the button is drawn as disabled.
        if (busy)
            return;
        busy = true;
        (refusal, var slug) = await deed(await Current.GetAsync());
        busy = false;
        if (refusal is null)
            await Saved.InvokeAsync(slug);
    }
}
