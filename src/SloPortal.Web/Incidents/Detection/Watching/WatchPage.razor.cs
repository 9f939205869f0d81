using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Watching;

/// <summary>What is wrong and calls nobody. Filters and page stand in the address.</summary>
public sealed partial class WatchPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Incidents", Routes.Incidents)];

    private Refusal? refusal;
    private Refusal? failed;
    private bool busy;

    [Inject] private ListWatch.Handler List { get; set; } = default!;
    [Inject] private OwnWatch.Handler Own { get; set; } = default!;
    [Inject] private ListServices.Handler ListServices { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Text { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private string? Service { get; set; }
    [SupplyParameterFromQuery] private bool New { get; set; }
    [SupplyParameterFromQuery] private int Page { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string Address, WatchList List, IReadOnlyList<Choice> Services);

    protected override IReadOnlyList<string> Topics { get; } = ["watch"];

    /// <summary>Null for all.</summary>
    private WatchState? ChosenState => string.Equals(State, "all", StringComparison.OrdinalIgnoreCase) ? null
        : Enum.TryParse<WatchState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : WatchState.Watched;

    private bool IsFiltered => ChosenState != WatchState.Watched || !string.IsNullOrWhiteSpace(Text) || !string.IsNullOrWhiteSpace(Service);

    private string Here => Address(Math.Max(1, Page));

    private string Sentence => Shown?.List switch
    {
        null => "Reading what is watched.",
        { Watched: 0 } => "Nothing is watched that no page tells.",
        { Watched: 1, Unowned: 0 } => "One thing is watched; it calls nobody.",
        { Watched: 1 } => "One thing is watched, and nobody owns it.",
        { Unowned: 0 } list => $"{Count(list.Watched)} things are watched; they call nobody.",
        { Unowned: 1 } list => $"{Count(list.Watched)} things are watched; one has no owner.",
        var list => $"{Count(list.Watched)} things are watched; {Count(list.Unowned)} have no owner.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Address != Here)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Here;
        var outcome = await List.HandleAsync(new ListWatch(ChosenState, null, Service, Text, null, Math.Max(1, Page)), actor, Left);
        refusal = outcome.Refusal;
        if (!outcome.Succeeded)
            return;
        var services = await ListServices.HandleAsync(new ListServices(), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (address == Here)
            Shown = new Listing(address, outcome.Value, [.. (services.Value ?? []).Select(s => new Choice(s.Slug, s.Name))]);
    }

    private async Task TakeAsync(WatchRow item)
    {
        busy = true;
        failed = (await Own.HandleAsync(new OwnWatch(item.Id), await Current.GetAsync(), Left)).Refusal;
        if (failed is not { Kind: RefusalKind.Unavailable })
            await ReadAsync();
        busy = false;
    }

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private string Address(int page)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(Text) ? null : $"text={Uri.EscapeDataString(Text.Trim())}",
            ChosenState == WatchState.Watched ? null : $"state={ChosenState?.ToString() ?? "all"}",
            string.IsNullOrWhiteSpace(Service) ? null : $"service={Uri.EscapeDataString(Service)}",
            page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.Watch : $"{Routes.Watch}?{query}";
    }
}
