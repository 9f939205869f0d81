using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Runbooks;

/// <summary>The runbook of a service; whoever owns the service writes it.</summary>
public sealed partial class RunbookPage
{
    private Refusal? refusal;
    private bool saved;

    [Inject] private GetRunbook.Handler Get { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public string Slug { get; set; } = "";
    [SupplyParameterFromQuery] private bool Edit { get; set; }

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public RunbookRead? Shown { get; set; }

    /// <summary>With what the form began: what others save meanwhile does not come under the hands of whoever writes.</summary>
    private RunbookRead? Begun { get; set; }

    protected override IReadOnlyList<string> Topics => ["runbooks"];

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(Shown?.ServiceName ?? Slug, Routes.Service(Slug))];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Service != Slug)
            await ReadAsync();
        Begun = Edit ? Begun ?? Shown : null;
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var slug = Slug;
        var found = await Get.HandleAsync(new GetRunbook(slug), actor, Left);
        if (slug == Slug)
            (Shown, refusal) = (found.Value, found.Refusal);
    }

    private async Task SavedAsync()
    {
        saved = true;
        await ReadAsync();
        Navigation.NavigateTo(Routes.Runbook(Slug));
    }
}
