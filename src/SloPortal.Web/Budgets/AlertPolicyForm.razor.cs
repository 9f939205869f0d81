using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Budgets.Tuning;

namespace SloPortal.Web.Budgets;

/// <summary>Edits the rules of one policy.</summary>
public sealed partial class AlertPolicyForm
{
    private List<Draft> rules = [];
    private string? source;
    private Refusal? refusal;

    [Inject] private ChangeAlertPolicy.Handler Change { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired] public PolicyDetail Policy { get; set; } = default!;
    /// <summary>Rules with which the form begins, as <see cref="RulesText"/>; null with those in force.</summary>
    [Parameter] public string? Proposed { get; set; }

    [Parameter] public EventCallback Saved { get; set; }

    /// <summary>The form was left without saving.</summary>
    [Parameter] public EventCallback Left { get; set; }

    private sealed class Draft
    {
        public AlertSeverity Severity { get; set; } = AlertSeverity.Ticket;
        public int LongMinutes { get; set; } = 60;
        public int ShortMinutes { get; set; } = 5;
        public decimal BudgetSpentPercent { get; set; } = 2;
        public double MinimumEvents { get; set; } = AlertRule.DefaultMinimumEvents;
    }

    protected override void OnInitialized()
    {
        source = Policy.Source;
        rules = [.. (RulesText.Read(Proposed) ?? RulesText.OfPolicy(Policy)).Select(r => new Draft
        {
            Severity = r.Severity, LongMinutes = r.LongMinutes, ShortMinutes = r.ShortMinutes, BudgetSpentPercent = r.BudgetSpentPercent, MinimumEvents = r.MinimumEvents,
        })];
    }

    private IReadOnlyList<RuleInput> Input => [.. rules.Select(r => new RuleInput(r.Severity, r.LongMinutes, r.ShortMinutes, r.BudgetSpentPercent, r.MinimumEvents))];

    // The rules go along in the address, so that they come back into the form.
    private void Try() => Navigation.NavigateTo(Routes.TryAlertPolicy(Policy.Id, RulesText.Of(Input)));

    private async Task SaveAsync()
    {
        var change = new ChangeAlertPolicy(Policy.Id, source ?? "", Input, Policy.RowVersion);
        refusal = (await Change.HandleAsync(change, await Current.GetAsync(), default)).Refusal;
        if (refusal is null)
            await Saved.InvokeAsync();
    }
}
