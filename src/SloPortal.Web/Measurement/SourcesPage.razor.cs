using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Measurement;

/// <summary>Where samples come from, and whether they do.</summary>
public sealed partial class SourcesPage
{
    private Refusal? refusal;
    private bool mayAdd;
    private bool mayBring;

    [Inject] private ListSources.Handler List { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    /// <summary>So that the live page begins with what was prerendered.</summary>
    [PersistentState] public IReadOnlyList<SourceRow>? Rows { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["sources", "first-sample"];

    /// <summary>Every pull of every source is told.</summary>
    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    /// <summary>What arrives is published by nobody.</summary>
    protected override TimeSpan? AtLeastEvery { get; } = TimeSpan.FromSeconds(10);

    private bool Arriving => Rows?.Any(r => r.State == SourceState.Arriving) == true;

    private string Standing => Rows switch
    {
        null => "Reading the sources.",
        { Count: 0 } => "Nothing arrives yet. A portal measures from the first sample on.",
        var rows => (rows.Count(r => r.State is SourceState.Stopped or SourceState.Failing), rows.Count(r => r.State is SourceState.Arriving or SourceState.Resting)) switch
        {
            (0, _) when rows.Count(r => r.Budget == BudgetUse.Above) is > 0 and var above => $"{above} of {rows.Count} {(rows.Count == 1 ? "source" : "sources")} {(above == 1 ? "sends" : "send")} more than the budget allows.",
            (0, var arriving) => $"{arriving} of {rows.Count} {(rows.Count == 1 ? "source" : "sources")} arriving; none needs you.",
            (1, _) => $"{rows[0].Name} {(rows[0].State == SourceState.Failing ? "cannot be pulled" : "sends nothing any more")}.",
            (var n, _) => $"{n} of {rows.Count} sources send nothing any more or cannot be pulled.",
        },
    };

    protected override async Task OnInitializedAsync()
    {
        var reader = await Current.GetAsync(Left);
        (mayAdd, mayBring) = (reader.May(Permission.Administer), reader.May(Permission.OwnServices));
        if (Rows is null)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var outcome = await List.HandleAsync(new ListSources(), actor, Left);
        (Rows, refusal) = (outcome.Value ?? Rows, outcome.Refusal);
    }
}
