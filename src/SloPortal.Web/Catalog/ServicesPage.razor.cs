using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Catalog;

/// <summary>The catalog as a list. Filter and view stand in the address.</summary>
public sealed partial class ServicesPage
{
    private Refusal? refusal;
    private bool mayCreate;

    [Inject]
    private ListServices.Handler List { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? Filter { get; set; }

    [SupplyParameterFromQuery]
    private bool Archived { get; set; }

    /// <summary>What was read, and for which address, so that the live page begins with what was prerendered.</summary>
    [PersistentState]
    public Listing? Shown { get; set; }

    public sealed record Listing(string Address, IReadOnlyList<ServiceRow> Rows);

    protected override IReadOnlyList<string> Topics { get; } = ["services"];

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
        var actor = await Current.GetAsync(Left);
        mayCreate = actor.May(Permission.OwnServices);
        if (Shown?.Address != Address(Filter, Archived))
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var address = Address(Filter, Archived);
        var outcome = await List.HandleAsync(new ListServices(Filter, Archived: Archived), actor, Left);
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
