using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Budgets;

/// <summary>The tables by which alerts fire, with their source; administrators change them.</summary>
public sealed partial class AlertPoliciesPage
{
    private IReadOnlyList<PolicyDetail>? policies;
    private Refusal? refusal;
    private bool saved;

    [Inject] private ListAlertPolicies.Handler List { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>The policy that is edited.</summary>
    [SupplyParameterFromQuery] private Guid? Edit { get; set; }

    /// <summary>With what its form is filled; without it with what is in force.</summary>
    [SupplyParameterFromQuery] private string? Rules { get; set; }

    private DateTimeOffset Now { get; set; }

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        Now = Clock.GetUtcNow();
        var outcome = await List.HandleAsync(new ListAlertPolicies(), await Current.GetAsync(), default);
        (policies, refusal) = (outcome.Value, outcome.Refusal);
    }

    private void Leave() => Navigation.NavigateTo(Routes.AlertPolicies);

    private async Task SavedAsync()
    {
        saved = true;
        Leave();
        await ReadAsync();
    }
}
