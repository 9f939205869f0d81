using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Web.Incidents.StatusPages;

/// <summary>The status pages for people outside. What is edited stands in the address.</summary>
public sealed partial class StatusPagesPage
{
    internal const string New = "new";

    private Refusal? refusal;
    private StatusPageLink? made;
    private string? said;

    [Inject] private ListStatusPages.Handler List { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "edit")] private string? Asked { get; set; }

    /// <summary>The page whose subscribers are shown.</summary>
    [SupplyParameterFromQuery(Name = "subscribers")] private string? Listed { get; set; }
    [SupplyParameterFromQuery(Name = "filter")] private string? Filter { get; set; }
    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    /// <summary>What was read, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public StatusPageList? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["status-pages", "status-subscribers"];

    private StatusPageRow? Chosen => Shown?.StatusPages.FirstOrDefault(p => p.Slug == Asked);

    private string Sentence => Shown switch
    {
        null => "Reading the status pages.",
        { StatusPages.Count: 0 } => "People outside see nothing of how services are.",
        { StatusPages: var all } when all.Count(p => p.Audience == StatusPageAudience.Everybody) is var open && all.Count == 1 => open == 1 ? "One page, which everybody may read." : "One page, read by link.",
        { StatusPages: var all } => $"{all.Count} pages, of which everybody may read {all.Count(p => p.Audience == StatusPageAudience.Everybody)}.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Shown is null)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await List.HandleAsync(new ListStatusPages(), actor, Left);
        refusal = outcome.Refusal;
        Shown = outcome.Value;
    }

    private async Task DoneAsync((StatusPageLink? Link, string? Said) done)
    {
        (made, said) = done;
        await ReadAsync();
        Navigation.NavigateTo(Routes.StatusPages);
    }
}
