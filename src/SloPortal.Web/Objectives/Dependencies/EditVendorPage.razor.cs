using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>Adds a vendor, or describes one anew.</summary>
public sealed partial class EditVendorPage
{
    private VendorDetails? vendor;
    private IReadOnlyList<OwnerTeam> teams = [];
    private Refusal? denial;
    private Refusal? refusal;
    private bool busy;
    private string name = "";
    private string? slug = "";
    private string team = "";
    private string? description = "";

    [Inject] private GetVendor.Handler Get { get; set; } = default!;
    [Inject] private ListOwnerTeams.Handler ListTeams { get; set; } = default!;
    [Inject] private CreateVendor.Handler Create { get; set; } = default!;
    [Inject] private UpdateVendor.Handler Update { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    /// <summary>The vendor that is described anew; null for a new one.</summary>
    [Parameter] public string? Slug { get; set; }

    private IReadOnlyList<Crumb> Way => Slug is null
        ? [new("Vendors", Routes.Vendors)]
        : [new("Vendors", Routes.Vendors), new(vendor?.Name ?? Slug, Routes.Vendor(Slug))];

    protected override async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        var mine = await ListTeams.HandleAsync(new ListOwnerTeams(), actor, default);
        (teams, denial) = (mine.Value ?? [], mine.Refusal);
        if (teams is [var only])
            team = only.Slug;
        if (Slug is null)
            return;
        var found = await Get.HandleAsync(new GetVendor(Slug), actor, default);
        denial = found.Refusal ?? denial ?? (found.Value!.MayChange ? null
            : Refusal.Denied($"Only members of {found.Value.TeamName} change this vendor. One of them or an administrator can do it, or add you."));
        if (denial is not null)
            return;
        vendor = found.Value!;
        (name, slug, team, description) = (vendor.Name, vendor.Slug, vendor.Team, vendor.Description);
    }

    // The short name follows the name until somebody writes their own.
    private void NameIt(string? value)
    {
        if (Slug is null && (slug ?? "") == Domain.Common.Slug.From(name))
            slug = Domain.Common.Slug.From(value ?? "");
        name = value ?? "";
    }

    private async Task SaveAsync()
    {
        busy = true;
        var actor = await Current.GetAsync();
        var (given, said) = ((slug ?? "").Trim(), description ?? "");
        refusal = vendor is null
            ? (await Create.HandleAsync(new CreateVendor(given, name, said, team), actor, default)).Refusal
            : (await Update.HandleAsync(new UpdateVendor(vendor.Slug, given, name, said, team, vendor.Version), actor, default)).Refusal;
        busy = false;
        if (refusal is null)
            Navigation.NavigateTo(Routes.Vendor(given));
    }
}
