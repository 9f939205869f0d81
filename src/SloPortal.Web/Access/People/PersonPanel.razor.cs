using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.People;

public partial class PersonPanel : ComponentBase
{
    private HashSet<Role> roles = [];
    private HashSet<string> chosenTeams = [];
    private Refusal? refusal;
    private bool saved;

    [Inject] private ChangeRoles.Handler RoleChanger { get; set; } = default!;
    [Inject] private ChangeTeams.Handler TeamChanger { get; set; } = default!;
    [Inject] private CloseAccount.Handler Closer { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public PersonRow Who { get; set; } = default!;
    [Parameter, EditorRequired] public IReadOnlyList<TeamRow> Teams { get; set; } = [];
    [Parameter] public bool MayChange { get; set; }

    /// <summary>The address without these details.</summary>
    [Parameter, EditorRequired] public string Close { get; set; } = "";

    /// <summary>Something was saved.</summary>
    [Parameter] public EventCallback Done { get; set; }

    protected override void OnInitialized() => Reset();

    private void Reset()
    {
        roles = [.. Who.Roles];
        chosenTeams = [.. Who.Teams.Select(t => t.Slug)];
    }

    private async Task SaveAsync()
    {
        var actor = await Current.GetAsync();
        refusal = null;
        if (!roles.SetEquals(Who.Roles))
            refusal = (await RoleChanger.HandleAsync(new ChangeRoles(Who.Id, [.. roles]), actor, default)).Refusal;
        if (refusal is null && !chosenTeams.SetEquals(Who.Teams.Select(t => t.Slug)))
            refusal = (await TeamChanger.HandleAsync(new ChangeTeams(Who.Id, [.. chosenTeams]), actor, default)).Refusal;
        saved = refusal is null;
        await ShowAsync();
    }

    private async Task ToggleAccountAsync()
    {
        saved = false;
        refusal = (await Closer.HandleAsync(new CloseAccount(Who.Id, !Who.Disabled), await Current.GetAsync(), default)).Refusal;
        await ShowAsync();
    }

    // Without the database there is nothing to read, and what was chosen here stays.
    private Task ShowAsync() => refusal is { Kind: RefusalKind.Unavailable } ? Task.CompletedTask : Done.InvokeAsync();
}
