using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Dependencies;

/// <summary>Every dependency on a vendor as a risk. View and open risk stand in the address.</summary>
public sealed partial class RisksPage
{
    private Refusal? refusal;
    private Refusal? trouble;
    private bool busy;
    private RiskRow? selected;
    private Guid? formFor;
    private IReadOnlyList<PersonRow> people = [];
    private Guid ownerId;
    private DateOnly reviewOn;
    private RiskState state;
    private string? note;

    [Inject] private ListRisks.Handler List { get; set; } = default!;
    [Inject] private ListPeople.Handler ListPeople { get; set; } = default!;
    [Inject] private AssessRisk.Handler Assess { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? View { get; set; }
    [SupplyParameterFromQuery(Name = "risk")] private Guid? Chosen { get; set; }

    private Listing? Shown { get; set; }

    private sealed record Listing(string? View, IReadOnlyList<RiskRow> Risks);

    protected override IReadOnlyList<string> Topics { get; } = ["dependencies"];

    private string Standing => Shown is null ? "Reading the risks." : (Shown.Risks.Count, Shown.Risks.Count(r => r.IsOverdue)) switch
    {
        (0, _) => "Nothing to show.",
        (var all, 0) => $"{all} {(all == 1 ? "dependency" : "dependencies")} on vendors, each reviewed in time.",
        (var all, var overdue) => $"{overdue} of {all} {(overdue == 1 ? "needs" : "need")} a review.",
    };

    private IReadOnlyList<Segment> Views =>
        [new("All", Address(null), View is null), new("Needs a review", Address("overdue"), View == "overdue"), new("Mine", Address("mine"), View == "mine")];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown is null || Shown.View != View)
            await ReadAsync();
        await SelectAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var view = View;
        var outcome = await List.HandleAsync(new ListRisks(Mine: view == "mine", Overdue: view == "overdue"), actor, Left);
        if (view != View)
            return;
        refusal = outcome.Refusal;
        if (outcome.Succeeded)
            Shown = new Listing(view, outcome.Value);
    }

    private async Task SelectAsync()
    {
        selected = Shown?.Risks.FirstOrDefault(r => r.Dependency == Chosen);
        if (formFor == Chosen)
            return;
        (formFor, trouble) = (Chosen, null);
        if (selected is not { MayChange: true } risk)
            return;
        var actor = await Current.GetAsync(Left);
        people = (await ListPeople.HandleAsync(new ListPeople(Disabled: false, Size: 500), actor, Left)).Value?.Items ?? [];
        (ownerId, reviewOn, state, note) = (risk.OwnerId ?? actor.PersonId, risk.ReviewOn ?? DateOnly.FromDateTime(Now.AddMonths(3).UtcDateTime), risk.State ?? RiskState.Open, risk.Note ?? "");
    }

    private async Task SaveAsync()
    {
        busy = true;
        trouble = (await Assess.HandleAsync(new AssessRisk(selected!.Dependency, ownerId, reviewOn, state, note ?? "", selected.Version), await Current.GetAsync(Left), Left)).Refusal;
        busy = false;
        if (trouble is not null)
            return;
        await ReadAsync();
        Navigation.NavigateTo(Address(View));
    }

    private static string Address(string? view) => view is null ? Routes.Risks : $"{Routes.Risks}?view={Uri.EscapeDataString(view)}";
}
