using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Catalog;

/// <summary>The catalog as a list. Filter and view stand in the address.</summary>
public sealed partial class ServicesPage : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private IDisposable? subscription;
    private Refusal? refusal;
    private bool mayCreate;

    [Inject]
    private ListServices.Handler List { get; set; } = default!;

    [Inject]
    private CurrentActor Current { get; set; } = default!;

    [Inject]
    private PortalEvents Events { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Filter { get; set; }

    [SupplyParameterFromQuery]
    private bool Archived { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState]
    public Listing? Shown { get; set; }

    public sealed record Listing(string Address, IReadOnlyList<ServiceRow> Rows);

    private string Standing => Shown switch
    {
        null => "Reading the catalog.",
        { Rows.Count: 0 } => Archived ? "No service is archived." : "No service to show.",
        { Rows: [_] } => "One service.",
        { Rows: var rows } => $"{rows.Count} services of {rows.Select(r => r.Team).Distinct().Count() switch { 1 => "one team", var n => $"{n} teams" }}.",
    };

    private IReadOnlyList<Segment> Views =>
        [new("In use", Address(Filter, archived: false), !Archived), new("Archived", Address(Filter, archived: true), Archived)];

    protected override async Task OnParametersSetAsync()
    {
        var actor = await Current.GetAsync(left.Token);
        mayCreate = actor.May(Permission.OwnServices);
        if (Shown?.Address != Address(Filter, Archived))
            await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            subscription = Events.Subscribe("services", _ => InvokeAsync(async () => { await ReadAsync(); StateHasChanged(); }));
    }

    public void Dispose()
    {
        subscription?.Dispose();
        left.Cancel();
        left.Dispose();
    }

    private async Task ReadAsync()
    {
        if (left.IsCancellationRequested)
            return;
        var address = Address(Filter, Archived);
        var outcome = await List.HandleAsync(new ListServices(Filter, Archived: Archived), await Current.GetAsync(left.Token), left.Token);
        refusal = outcome.Refusal;
        // While this was read the filter may have moved on; its own reading follows.
        if (outcome.Succeeded && address == Address(Filter, Archived))
            Shown = new Listing(address, outcome.Value);
    }

    private static string Address(string? filter, bool archived)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrWhiteSpace(filter) ? null : $"filter={Uri.EscapeDataString(filter.Trim())}",
            archived ? "archived=true" : null,
        }.OfType<string>());
        return query.Length == 0 ? Routes.Services : $"{Routes.Services}?{query}";
    }

    private static string FirstLine(string text) =>
        text.AsSpan().IndexOf('\n') is var end and >= 0 ? text[..end].TrimEnd() : text;
}
