using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Session;

/// <summary>Where the provider's callback leads: begins the session, or says why not.</summary>
public partial class ProviderSignedInPage : ComponentBase
{
    private Refusal? refusal;

    [Inject] private SignInWithProvider.Handler Handler { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private IOptions<ProviderSettings> Provider { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "returnUrl")] private string? ReturnUrl { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var answer = Provider.Value.IsConfigured ? await Http.AuthenticateAsync(IdentityConstants.ExternalScheme) : AuthenticateResult.NoResult();
        if (answer.Principal is not { } principal)
        {
            Navigation.NavigateTo(Routes.SignIn);
            return;
        }
        await Http.SignOutAsync(IdentityConstants.ExternalScheme);
        var outcome = await Handler.HandleAsync(ProviderSignIn.ToRequest(principal, Provider.Value), Http.RequestAborted);
        if (!outcome.Succeeded)
        {
            refusal = outcome.Refusal;
            return;
        }
        await SessionCookie.BeginAsync(Http, outcome.Value);
        Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
    }
}
