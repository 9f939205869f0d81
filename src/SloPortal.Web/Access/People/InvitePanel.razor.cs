using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.People;

public partial class InvitePanel : ComponentBase
{
    private readonly HashSet<Role> roles = [Role.Viewer];
    private readonly HashSet<string> chosenTeams = [];
    private string? email;
    private Refusal? refusal;
    private SentInvitation? sent;

    [Inject] private SendInvitation Inviter { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<TeamRow> Teams { get; set; } = [];

    /// <summary>The address without this panel.</summary>
    [Parameter, EditorRequired] public string Close { get; set; } = "";

    [Parameter] public EventCallback Done { get; set; }

    private async Task InviteAsync()
    {
        var outcome = await Inviter.RunAsync(
            new InvitePerson(email ?? "", [.. roles], [.. chosenTeams]), await Current.GetAsync(), Navigation.BaseUri.TrimEnd('/'), default);
        refusal = outcome.Refusal;
        sent = outcome.Value;
        await Done.InvokeAsync();
    }

    private void Again()
    {
        sent = null;
        email = null;
    }
}
