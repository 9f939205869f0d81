using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>What a service needs and who needs it: drawn, changed, and what that allows to promise. Days and form stand in the address.</summary>
public sealed partial class DependenciesPage
{
    private const int Usual = 30;

    private Refusal? refusal;
    private Refusal? trouble;
    private bool busy;
    private DependencyInput? input;
    private string? inputFor;
    private Removal? removed;
    private IReadOnlyList<ServiceRow> services = [];
    private IReadOnlyList<VendorRow> vendors = [];

    [Inject] private GetDependencies.Handler Get { get; set; } = default!;
    [Inject] private GetCeiling.Handler GetCeiling { get; set; } = default!;
    [Inject] private ListRisks.Handler ListRisks { get; set; } = default!;
    [Inject] private ListServices.Handler ListServices { get; set; } = default!;
    [Inject] private ListVendors.Handler ListVendors { get; set; } = default!;
    [Inject] private AddDependency.Handler Add { get; set; } = default!;
    [Inject] private ChangeDependency.Handler Change { get; set; } = default!;
    [Inject] private RemoveDependency.Handler Remove { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public string Slug { get; set; } = "";

    [SupplyParameterFromQuery] private int? Days { get; set; }

    /// <summary>"new", or the id of a dependency that is changed.</summary>
    [SupplyParameterFromQuery] private string? Edit { get; set; }

    private Reading? Shown { get; set; }

    private sealed record Reading(string Slug, int Days, DependencyPicture Picture, ServiceCeiling? Ceiling, IReadOnlyList<RiskRow> Risks);

    private sealed record Removal(string Name, AddDependency Again);

    protected override IReadOnlyList<string> Topics { get; } = ["dependencies", "services", "vendors"];

    private int Asked => Days is >= 1 and <= 400 ? Days.Value : Usual;

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(Shown?.Picture.Name ?? Slug, Routes.Service(Slug))];

    private List<DependencyEdge> Direct => [.. Shown!.Picture.Below.Where(e => e.From == Shown.Picture.ServiceId)];

    private List<string> Groups => [.. Direct.Select(e => e.Group).OfType<string>().Distinct()];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Slug != Slug || Shown.Days != Asked)
            await ReadAsync();
        await OpenFormAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var (slug, days) = (Slug, Asked);
        var picture = await Get.HandleAsync(new GetDependencies(slug), actor, Left);
        var ceiling = await GetCeiling.HandleAsync(new GetCeiling(slug, days), actor, Left);
        var risks = await ListRisks.HandleAsync(new ListRisks(slug), actor, Left);
        if ((slug, days) != (Slug, Asked))
            return;
        refusal = picture.Refusal;
        if (picture.Succeeded)
            Shown = new Reading(slug, days, picture.Value, ceiling.Value, risks.Value ?? []);
    }

    private async Task OpenFormAsync()
    {
        if (inputFor == Edit || Shown is null)
            return;
        (inputFor, trouble, input) = (Edit, null, null);
        if (Edit is null || !Shown.Picture.MayChange)
            return;
        if (Edit == "new")
        {
            var actor = await Current.GetAsync(Left);
            services = [.. ((await ListServices.HandleAsync(new ListServices(), actor, Left)).Value ?? []).Where(s => s.Slug != Slug)];
            vendors = (await ListVendors.HandleAsync(new ListVendors(), actor, Left)).Value ?? [];
            input = new DependencyInput();
        }
        else if (Direct.Find(e => e.Id.ToString() == Edit) is { } edge)
        {
            input = new DependencyInput(edge);
        }
    }

    private async Task SaveAsync()
    {
        busy = true;
        var actor = await Current.GetAsync(Left);
        trouble = input!.Id is null
            ? (await Add.HandleAsync(input.Adding(Slug), actor, Left)).Refusal
            : (await Change.HandleAsync(input.Changing(Slug), actor, Left)).Refusal;
        busy = false;
        if (trouble is not null)
            return;
        removed = null;
        await ReadAsync();
        Navigation.NavigateTo(Routes.Dependencies(Slug, Days));
    }

    private async Task RemoveAsync(DependencyEdge edge)
    {
        busy = true;
        var node = NodeOf(edge.On);
        trouble = (await Remove.HandleAsync(new RemoveDependency(Slug, edge.Id), await Current.GetAsync(Left), Left)).Refusal;
        if (trouble is null)
        {
            removed = new Removal(node.Name, new AddDependency(Slug, node.IsVendor ? null : node.Slug, node.IsVendor ? node.Slug : null, edge.Kind, edge.Group, edge.Needs, edge.Note));
            await ReadAsync();
        }
        busy = false;
    }

    private async Task UndoAsync()
    {
        trouble = (await Add.HandleAsync(removed!.Again, await Current.GetAsync(Left), Left)).Refusal;
        removed = null;
        await ReadAsync();
    }

    private GraphNode NodeOf(Guid id) => Shown!.Picture.Nodes.First(n => n.Id == id);

    private string NameOf(Guid edge) => Direct.Find(e => e.Id == edge) is { } found ? NodeOf(found.On).Name : "what was removed";
}
