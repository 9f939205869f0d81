using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Teams;

public partial class TeamsPage : ComponentBase
{
    private IReadOnlyList<TeamRow>? teams;
    private TeamDetails? selected;
    private Refusal? refusal;
    private bool mayAdminister;

    [Inject] private ListTeams.Handler Lister { get; set; } = default!;
    [Inject] private ReadTeam.Handler Reader { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public string? Slug { get; set; }

    [SupplyParameterFromQuery] private bool New { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var asked = Slug;
        var actor = await Current.GetAsync();
        mayAdminister = actor.May(Permission.Administer);
        var listed = await Lister.HandleAsync(new ListTeams(), actor, default);
        var read = asked is null ? default : await Reader.HandleAsync(new ReadTeam(asked), actor, default);
        // While this was read the reader may have gone to another team; its own reading follows.
        if (asked != Slug)
            return;
        (teams, selected, refusal) = (listed.Value, read.Value, listed.Refusal ?? read.Refusal);
    }

    /// <summary>A team was saved; its slug may be another than before.</summary>
    private Task OpenAsync(string slug)
    {
        if (slug == Slug)
            return LoadAsync();
        Navigation.NavigateTo(Routes.Team(slug));
        return Task.CompletedTask;
    }
}
