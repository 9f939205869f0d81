using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Session;

public partial class SignInPage : ComponentBase
{
    private Refusal? refusal;

    [Inject] private SignInWithPassword.Handler Handler { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private AccountThrottle Throttle { get; set; } = default!;
    [Inject] private IOptions<ProviderSettings> Provider { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "sign-in")] private Form? Input { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")] private string? ReturnUrl { get; set; }

    /// <summary>"failed" after a sign-in that the provider did not complete; the reason is in the log.</summary>
    [SupplyParameterFromQuery(Name = "provider")] private string? ProviderOutcome { get; set; }

    private string ProviderLink => $"{Routes.ProviderSignIn}?returnUrl={Uri.EscapeDataString(LocalAddress.OrHome(ReturnUrl))}";

    protected override void OnInitialized()
    {
        Input ??= new Form();
        if (ProviderOutcome == "failed")
            refusal = Refusal.Denied($"The sign-in with {Provider.Value.DisplayName} was not completed. Try again, or tell an administrator, who finds the reason in the log.");
    }

    private async Task SignInAsync()
    {
        if (!Throttle.Admits(Input!.Email))
        {
            refusal = Refusal.Denied(AccountThrottle.Refusal);
            return;
        }
        var outcome = await Handler.HandleAsync(new SignInWithPassword(Input.Email ?? "", Input.Password ?? ""), Http.RequestAborted);
        if (!outcome.Succeeded)
        {
            refusal = outcome.Refusal;
            return;
        }
        await SessionCookie.BeginAsync(Http, outcome.Value);
        Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
    }

    internal sealed class Form
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
