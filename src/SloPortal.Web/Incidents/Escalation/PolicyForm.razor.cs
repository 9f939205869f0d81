using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.Escalation;

/// <summary>Adds or changes a policy. What is typed stays until it is saved.</summary>
public sealed partial class PolicyForm : ComponentBase
{
    private readonly List<Draft> levels = [];
    private Refusal? refusal;
    private string? name;
    private int repeats;
    private bool busy;

    [Inject] private CreateEscalationPolicy.Handler Create { get; set; } = default!;
    [Inject] private ChangeEscalationPolicy.Handler Change { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public string Team { get; set; } = "";

    /// <summary>Null adds one.</summary>
    [Parameter, EditorRequired] public PolicyRow? Policy { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<TargetChoice> Choices { get; set; } = [];

    /// <summary>With a sentence when something was saved.</summary>
    [Parameter] public EventCallback<string?> Done { get; set; }

    private sealed class Draft
    {
        public int Minutes { get; set; } = 5;
        public List<EscalationTarget> Targets { get; init; } = [];
    }

    protected override void OnInitialized()
    {
        name = Policy?.Name;
        repeats = Policy?.Repeats ?? 1;
        levels.AddRange((Policy?.Levels ?? []).Select(l => new Draft { Minutes = l.Minutes, Targets = [.. l.Targets.Select(t => new EscalationTarget(t.Kind, t.Id))] }));
        if (levels.Count == 0)
            levels.Add(new Draft());
    }

    private async Task SaveAsync()
    {
        busy = true;
        IReadOnlyList<LevelGiven> given = [.. levels.Select(l => new LevelGiven(l.Minutes, l.Targets))];
        var actor = await Current.GetAsync();
        refusal = Policy is null
            ? (await Create.HandleAsync(new CreateEscalationPolicy(Team, name ?? "", given, repeats), actor, default)).Refusal
            : (await Change.HandleAsync(new ChangeEscalationPolicy(Policy.Id, name ?? "", given, repeats, Policy.Version), actor, default)).Refusal;
        busy = false;
        if (refusal is null)
            await Done.InvokeAsync($"{name} is saved. Try it to see that it reaches people.");
    }

    private void AddTarget(Draft level, object? value)
    {
        if (Choices.FirstOrDefault(c => Key(c) == value as string) is { } choice)
            level.Targets.Add(new(choice.Kind, choice.Id));
    }

    private static bool Has(Draft level, TargetChoice choice) => level.Targets.Contains(new(choice.Kind, choice.Id));

    private static string Key(TargetChoice choice) => $"{choice.Kind}/{choice.Id}";

    private string NameOf(EscalationTarget target) => Choices.FirstOrDefault(c => c.Kind == target.Kind && c.Id == target.Id)?.Name ?? "Somebody who is gone";
}
