using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Teams;

public partial class TeamForm : ComponentBase
{
    private string? name;
    private string? slug;
    private string? description;
    private Refusal? refusal;

    [Inject] private CreateTeam.Handler Creator { get; set; } = default!;
    [Inject] private ChangeTeam.Handler Changer { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    /// <summary>Null adds a team.</summary>
    [Parameter] public TeamDetails? Team { get; set; }

    /// <summary>Called with the slug that the team has now.</summary>
    [Parameter] public EventCallback<string> Saved { get; set; }

    protected override void OnInitialized()
    {
        name = Team?.Name;
        slug = Team?.Slug;
        description = Team?.Description;
    }

    /// <summary>As long as nobody has written a short name of their own, it follows the name of a new team.</summary>
    private void Rename(string? text)
    {
        if (Team is null && (string.IsNullOrEmpty(slug) || slug == Slug.From(name ?? "")))
            slug = Slug.From(text ?? "");
        name = text;
    }

    private async Task SaveAsync()
    {
        var actor = await Current.GetAsync();
        refusal = Team is null
            ? (await Creator.HandleAsync(new CreateTeam(slug ?? "", name ?? "", description ?? ""), actor, default)).Refusal
            : (await Changer.HandleAsync(new ChangeTeam(Team.Slug, slug ?? "", name ?? "", description ?? "", Team.Version), actor, default)).Refusal;
        if (refusal is null)
            await Saved.InvokeAsync(slug);
    }
}
