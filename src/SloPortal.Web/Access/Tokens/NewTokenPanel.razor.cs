using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Tokens;

public partial class NewTokenPanel : ComponentBase
{
    private readonly HashSet<TokenScope> scopes = [TokenScope.Ingest];
    private string? name;
    private int days = 365;
    private Refusal? refusal;
    private NewToken? made;

    [Inject] private CreateToken.Handler Creator { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    /// <summary>The address without this panel.</summary>
    [Parameter, EditorRequired] public string Close { get; set; } = "";

    [Parameter] public EventCallback Done { get; set; }

    private void Toggle(TokenScope scope, bool on)
    {
        if (on)
            scopes.Add(scope);
        else
            scopes.Remove(scope);
    }

    private async Task MakeAsync()
    {
        var outcome = await Creator.HandleAsync(new CreateToken(name ?? "", [.. scopes], days), await Current.GetAsync(), default);
        refusal = outcome.Refusal;
        made = outcome.Value;
        await Done.InvokeAsync();
    }
}
