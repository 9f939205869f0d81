using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Budgets;

/// <summary>The tables by which alerts fire, with their source; administrators change them.</summary>
public sealed partial class AlertPoliciesPage
{
    private IReadOnlyList<PolicyDetail>? policies;
    private PolicyDetail? editing;
    private Refusal? refusal;
    private bool saved;

    [Inject] private ListAlertPolicies.Handler List { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var outcome = await List.HandleAsync(new ListAlertPolicies(), await Current.GetAsync(), default);
        (policies, refusal) = (outcome.Value, outcome.Refusal);
    }

    private void Edit(PolicyDetail policy)
    {
        saved = false;
        editing = policy;
    }

    private async Task SavedAsync()
    {
        editing = null;
        saved = true;
        await ReadAsync();
    }
}
