using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access.Signing;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Signing;

/// <summary>
/// The part of a form by which a person shows that a signature is theirs: the password once more, or the way to a fresh sign-in at
/// their provider. Who has only that is asked for the rest when they come back, so that nothing is lost on the way there.
/// </summary>
public sealed partial class ConfirmFields
{
    private ConfirmationWays? ways;

    [Inject] private HowToConfirm.Handler How { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private IOptions<ProviderSettings> Provider { get; set; } = default!;
    [Inject] private IEnumerable<PasswordHint> Hints { get; set; } = default!;

    /// <summary>What is signed: "proposal/&lt;id&gt;".</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";

    /// <summary>Where the provider leads back to.</summary>
    [Parameter, EditorRequired] public string ReturnUrl { get; set; } = "";

    [Parameter] public string? Password { get; set; }

    [Parameter] public EventCallback<string?> PasswordChanged { get; set; }

    [Parameter] public Refusal? Refusal { get; set; }

    /// <summary>What the form asks beside it.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>Its buttons.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private bool OffersProvider => ways!.ByProvider && Provider.Value.IsConfigured;

    private string Address => $"{Routes.ProviderSignIn}?confirms={Uri.EscapeDataString(Subject)}&returnUrl={Uri.EscapeDataString(ReturnUrl)}";

    private string HintText => Hints.Select(h => h.Text()).FirstOrDefault(t => t is not null) ?? "A signature is yours only if you show that it is you.";

    protected override async Task OnInitializedAsync() => ways = (await How.HandleAsync(new HowToConfirm(Subject), await Current.GetAsync(), default)).Value;
}
