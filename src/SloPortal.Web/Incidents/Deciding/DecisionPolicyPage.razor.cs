using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.Deciding;

/// <summary>The policy that says of a breach whether it is an incident; administrators change it.</summary>
public sealed partial class DecisionPolicyPage
{
    private DecisionPolicyShown? policy;
    private Refusal? refusal;
    private bool saved;

    [Inject] private GetDecisionPolicy.Handler Get { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [SupplyParameterFromQuery] private bool Edit { get; set; }

    private bool Editing => Edit && policy is { MayChange: true };

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var outcome = await Get.HandleAsync(new GetDecisionPolicy(), await Current.GetAsync(), default);
        (policy, refusal) = (outcome.Value, outcome.Refusal);
    }

    private async Task SavedAsync()
    {
        saved = true;
        await ReadAsync();
        Navigation.NavigateTo(Routes.DecisionPolicy);
    }
}
