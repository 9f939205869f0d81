using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Session;

public partial class InvitationPage : ComponentBase
{
    private Refusal? refusal;
    private OpenInvitation? invitation;

    [Inject] private ReadInvitation.Handler Reader { get; set; } = default!;
    [Inject] private AcceptInvitation.Handler Acceptor { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [Parameter] public string Secret { get; set; } = "";

    [SupplyParameterFromForm(FormName = "accept")] private Form? Input { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new Form();
        var outcome = await Reader.HandleAsync(new ReadInvitation(Secret), Http.RequestAborted);
        invitation = outcome.Value;
        refusal = outcome.Refusal;
    }

    private async Task AcceptAsync()
    {
        var outcome = await Acceptor.HandleAsync(new AcceptInvitation(Secret, Input!.DisplayName ?? "", Input.Password ?? ""), Http.RequestAborted);
        if (!outcome.Succeeded)
        {
            refusal = outcome.Refusal;
            return;
        }
        await SessionCookie.BeginAsync(Http, outcome.Value);
        Navigation.NavigateTo(Routes.Home);
    }

    internal sealed class Form
    {
        public string? DisplayName { get; set; }
        public string? Password { get; set; }
    }
}
