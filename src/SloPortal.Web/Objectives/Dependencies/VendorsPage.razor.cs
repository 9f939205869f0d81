using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>The vendors as a list. The filter stands in the address.</summary>
public sealed partial class VendorsPage
{
    private Refusal? refusal;
    private bool mayCreate;

    [Inject] private ListVendors.Handler List { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }

    /// <summary>So that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string? Filter, IReadOnlyList<VendorRow> Rows);

    protected override IReadOnlyList<string> Topics { get; } = ["vendors", "dependencies"];

    private string Standing => Shown?.Rows switch
    {
        null => "Reading the vendors.",
        { Count: 0 } => "No vendor to show.",
        var rows when rows.Count(r => r.IsOut) is var down and > 0 => $"{down} of {rows.Count} {(down == 1 ? "has" : "have")} an outage that lasts.",
        [_] => "One vendor.",
        var rows => $"{rows.Count} vendors, {rows.Count(r => r.Services > 0)} of them needed by services.",
    };

    protected override async Task OnParametersSetAsync()
    {
        mayCreate = (await Current.GetAsync(Left)).May(Permission.OwnServices);
        if (Shown is null || Shown.Filter != Filter)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var filter = Filter;
        var outcome = await List.HandleAsync(new ListVendors(filter), actor, Left);
        if (filter != Filter)
            return;
        refusal = outcome.Refusal;
        if (outcome.Succeeded)
            Shown = new Listing(filter, outcome.Value);
    }
}
