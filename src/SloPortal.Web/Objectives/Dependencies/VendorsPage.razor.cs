using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>The vendors as a list. The filter stands in the address.</summary>
public sealed partial class VendorsPage
{
    private Refusal? refusal;
    private bool mayCreate;

    [Inject] private ListVendors.Handler List { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Filter { get; set; }
    [SupplyParameterFromQuery] private bool Archived { get; set; }

    /// <summary>So that the live page begins with what was prerendered.</summary>
    [PersistentState] public Listing? Shown { get; set; }

    public sealed record Listing(string? Filter, bool Archived, IReadOnlyList<VendorRow> Rows);

    protected override IReadOnlyList<string> Topics { get; } = ["vendors", "dependencies"];

    private IReadOnlyList<Segment> Kinds => [new("In use", Routes.Vendors, !Archived), new("Archived", Routes.Vendors + "?archived=true", Archived)];

    private string Standing => Shown?.Rows switch
    {
        null => "Reading the vendors.",
        { Count: 0 } => Archived ? "No vendor is archived." : "No vendor to show.",
        var rows when Archived => rows.Count == 1 ? "One vendor is archived." : $"{rows.Count} vendors are archived.",
        var rows when rows.Count(r => r.IsOut) is var down and > 0 => $"{down} of {rows.Count} {(down == 1 ? "has" : "have")} an outage that lasts.",
        [_] => "One vendor.",
        var rows => $"{rows.Count} vendors, {rows.Count(r => r.Services > 0)} of them needed by services.",
    };

    protected override async Task OnParametersSetAsync()
    {
        mayCreate = (await Current.GetAsync(Left)).May(Permission.OwnServices);
        if (Shown is null || (Shown.Filter, Shown.Archived) != (Filter, Archived))
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var (filter, archived) = (Filter, Archived);
        var outcome = await List.HandleAsync(new ListVendors(filter, archived), actor, Left);
        if ((filter, archived) != (Filter, Archived))
            return;
        refusal = outcome.Refusal;
        if (outcome.Succeeded)
            Shown = new Listing(filter, archived, outcome.Value);
    }
}
