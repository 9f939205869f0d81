using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Signing;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Session;

/// <summary>Where the provider's callback leads: begins the session or confirms a signature in the one that runs, or says why not.</summary>
public partial class ProviderSignedInPage : ComponentBase
{
    private Refusal? refusal;

    [Inject] private SignInWithProvider.Handler Handler { get; set; } = default!;
    [Inject] private ConfirmByProvider.Handler Confirm { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private IOptions<ProviderSettings> Provider { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "returnUrl")] private string? ReturnUrl { get; set; }

    /// <summary>What is to be signed; null where a session begins.</summary>
    [SupplyParameterFromQuery(Name = "confirms")] private string? Confirms { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var answer = Provider.Value.IsConfigured ? await Http.AuthenticateAsync(IdentityConstants.ExternalScheme) : AuthenticateResult.NoResult();
        if (answer.Principal is not { } principal)
        {
            Navigation.NavigateTo(Routes.SignIn);
            return;
        }
        await Http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (Confirms is not null)
        {
            refusal = (await Confirm.HandleAsync(ProviderSignIn.ToConfirmation(principal, Provider.Value, Confirms), await Current.GetAsync(Http.RequestAborted), Http.RequestAborted)).Refusal;
            if (refusal is null)
                Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
            return;
        }
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
