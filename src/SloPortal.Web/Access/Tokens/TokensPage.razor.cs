using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Tokens;

public partial class TokensPage : ComponentBase
{
    private IReadOnlyList<TokenRow>? tokens;
    private Refusal? refusal;
    private bool isAdministrator;
    private DateTimeOffset now;

    [Inject] private ListTokens.Handler Lister { get; set; } = default!;
    [Inject] private RevokeToken.Handler Revoker { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [SupplyParameterFromQuery] private bool Everybody { get; set; }
    [SupplyParameterFromQuery] private bool New { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        now = Clock.GetUtcNowInMicroseconds();
        var actor = await Current.GetAsync();
        isAdministrator = actor.IsAdministrator;
        var listed = await Lister.HandleAsync(new ListTokens(Everybody), actor, default);
        tokens = listed.Value;
        refusal = listed.Refusal;
    }

    private async Task RevokeAsync(TokenRow token)
    {
        var outcome = await Revoker.HandleAsync(new RevokeToken(token.Id), await Current.GetAsync(), default);
        if (outcome.Succeeded)
            await LoadAsync();
        refusal = outcome.Refusal;
    }
}
