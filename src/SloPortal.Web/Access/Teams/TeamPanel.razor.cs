using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Common;

namespace SloPortal.Web.Access.Teams;

public partial class TeamPanel : ComponentBase
{
    private string? search;
    private List<PersonRow>? found;
    private Refusal? refusal;

    [Inject] private ChangeTeamMember.Handler Changer { get; set; } = default!;
    [Inject] private ListPeople.Handler Lister { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private IEnumerable<TeamPart> KnownParts { get; set; } = default!;

    [Parameter, EditorRequired] public TeamDetails Team { get; set; } = default!;
    [Parameter] public bool MayChange { get; set; }

    /// <summary>Called with the slug that the team has now.</summary>
    [Parameter] public EventCallback<string> Done { get; set; }

    private Dictionary<string, object?> PartParameters => new() { ["Team"] = Team };

    private async Task FindAsync()
    {
        var people = await Lister.HandleAsync(new ListPeople(search, Disabled: false, Size: 8), await Current.GetAsync(), default).OrUnanswered();
        refusal = people.Refusal;
        found = people.Value?.Items.Where(p => Team.Members.All(m => m.PersonId != p.Id)).ToList();
    }

    private async Task SetAsync(Guid person, bool belongs)
    {
        refusal = (await Changer.HandleAsync(new ChangeTeamMember(Team.Slug, person, belongs), await Current.GetAsync(), default)).Refusal;
        if (refusal is not null)
            return;
        found = null;
        search = null;
        await Done.InvokeAsync(Team.Slug);
    }
}
