using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Session;

public partial class SetUpPage : ComponentBase
{
    private Refusal? refusal;

    [Inject] private SetUpPortal.Handler Handler { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "set-up")] private Form? Input { get; set; }

    protected override void OnInitialized() => Input ??= new Form();

    private async Task SetUpAsync()
    {
        var outcome = await Handler.HandleAsync(
            new SetUpPortal(Input!.Code ?? "", Input.DisplayName ?? "", Input.Email ?? "", Input.Password ?? ""), Http.RequestAborted);
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
        public string? Code { get; set; }
        public string? DisplayName { get; set; }
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
