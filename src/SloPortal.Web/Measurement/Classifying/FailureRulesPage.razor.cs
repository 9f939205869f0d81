using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Classifying;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Coverage;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Classifying;

/// <summary>Which failures of a service touch users, and what the rules would match of what really came.</summary>
public sealed partial class FailureRulesPage
{
    private readonly List<RuleInput> rules = [];
    private FailureRulesDetails? known;
    private TriedRules? tried;
    private Refusal? denial;
    private Refusal? refusal;
    private string events = "";
    private bool busy;
    private bool saved;

    [Inject] private GetFailureRules.Handler Get { get; set; } = default!;
    [Inject] private TryFailureRules.Handler Try { get; set; } = default!;
    [Inject] private SaveFailureRules.Handler Save { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    /// <summary>Slug of the service.</summary>
    [Parameter] public string Service { get; set; } = "";

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(known?.ServiceName ?? Service, Routes.Service(Service))];

    private string Sentence => known switch
    {
        null => "Reading the rules.",
        { Draft: null } => "Nobody has said yet which failures touch users. The first rule that selects a series decides.",
        var there => $"Changed last by {there.ChangedBy}. The first rule that selects a series decides; what none selects is no failure.",
    };

    private RulesDraft Draft => new(events, [.. rules.Select(r => new RuleDraft(r.Selector, r.Failure, r.TouchesUsers, r.Reason))]);

    protected override async Task OnInitializedAsync()
    {
        var outcome = await Get.HandleAsync(new GetFailureRules(Service), await Current.GetAsync(), default);
        (known, denial) = (outcome.Value, outcome.Refusal);
        if (known?.Draft is not { } draft)
            return;
        events = draft.Events;
        rules.AddRange(draft.Rules.Select(r => new RuleInput { Selector = r.Selector, Failure = r.Failure, TouchesUsers = r.TouchesUsers, Reason = r.Reason }));
    }

    private void MoveUp(int place) => rules.Reverse(place - 1, 2);

    private async Task TryAsync()
    {
        // A second click may come before the button is drawn as disabled.
        if (busy)
            return;
        (busy, saved) = (true, false);
        var outcome = await Try.HandleAsync(new TryFailureRules(Draft), await Current.GetAsync(), default);
        (tried, refusal, busy) = (outcome.Value ?? tried, outcome.Refusal, false);
    }

    private async Task SaveAsync()
    {
        if (busy)
            return;
        busy = true;
        var actor = await Current.GetAsync();
        refusal = (await Save.HandleAsync(new SaveFailureRules(Service, Draft, known!.Version), actor, default)).Refusal;
        saved = refusal is null;
        if (saved)
            known = (await Get.HandleAsync(new GetFailureRules(Service), actor, default)).Value ?? known;
        busy = false;
    }

    /// <summary>A rule as it is typed.</summary>
    private sealed class RuleInput
    {
        public string Selector { get; set; } = "";
        public FailureClass Failure { get; set; } = FailureClass.Error;
        public bool TouchesUsers { get; set; } = true;
        public string Reason { get; set; } = "";
    }
}
