using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Intake.Ledger;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>One signal: its labels, and every line of the ledger about it.</summary>
public sealed partial class SignalPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Signals", Routes.Signals)];

    private Refusal? refusal;

    [Inject] private GetSignal.Handler Get { get; set; } = default!;

    [Parameter] public Guid Id { get; set; }

    /// <summary>What was read, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public SignalDetails? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["signals"];

    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(3);

    /// <summary>The labels as conditions of a silence, one on a line; the service is chosen by itself.</summary>
    private string Alike => string.Join('\n', Shown!.Labels.Where(l => l.Value.Length <= LabelCondition.MostValue && l.Key.Length <= LabelCondition.MostLabel && l.Value != Shown.Signal.Service)
        .OrderBy(l => l.Key, StringComparer.Ordinal).Take(Silence.MostConditions).Select(l => new LabelCondition(l.Key, LabelComparison.Equal, l.Value)));

    private string Sentence => Shown!.Signal switch
    {
        { State: SignalState.Resolved } s => $"It fired for {RelativeTime.Duration(s.EndedAt!.Value - s.StartedAt)}.",
        { State: SignalState.Acknowledged } s => $"It fires since {RelativeTime.Duration(Now - s.StartedAt)}, and its sender says that somebody is at it.",
        var s => $"It fires since {RelativeTime.Duration(Now - s.StartedAt)}.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Signal.Id != Id)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Id;
        var outcome = await Get.HandleAsync(new GetSignal(asked), actor, Left);
        if (asked == Id)
            (Shown, refusal) = (outcome.Value, outcome.Refusal);
    }
}
