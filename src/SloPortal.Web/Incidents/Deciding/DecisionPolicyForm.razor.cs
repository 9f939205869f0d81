using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Deciding;

/// <summary>Edits the rows. What is typed stays until it is saved.</summary>
public sealed partial class DecisionPolicyForm
{
    private readonly List<DecisionDraft> rows = [];
    private string? note;
    private PolicyTrial? trial;
    private Refusal? refusal;
    private bool busy;

    [Inject] private SetDecisionPolicy.Handler Set { get; set; } = default!;
    [Inject] private TryDecisionPolicy.Handler Try { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public DecisionPolicyShown Policy { get; set; } = default!;
    [Parameter] public EventCallback Saved { get; set; }

    protected override void OnInitialized() => rows.AddRange(Policy.Rows.Select(DecisionDraft.Of));

    private async Task SaveAsync()
    {
        busy = true;
        refusal = (await Set.HandleAsync(new SetDecisionPolicy([.. rows.Select(r => r.Given())], note ?? "", Policy.Version), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is null)
            await Saved.InvokeAsync();
    }

    private async Task TryAsync()
    {
        busy = true;
        var outcome = await Try.HandleAsync(new TryDecisionPolicy([.. rows.Select(r => r.Given())]), await Current.GetAsync(), default).OrUnanswered();
        (trial, refusal, busy) = (outcome.Value, outcome.Refusal, false);
    }

    private void Move(int place) => (rows[place - 1], rows[place]) = (rows[place], rows[place - 1]);
}
