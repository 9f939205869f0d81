using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>The signal sources of a team. What is open beside the list stands in the address.</summary>
public sealed partial class SignalSourcesPage
{
    private Refusal? denial;

    [Inject] private ListSignalSources.Handler List { get; set; } = default!;

    [Parameter] public string Team { get; set; } = "";

    [SupplyParameterFromQuery] private bool New { get; set; }
    [SupplyParameterFromQuery(Name = "source")] private string? SourceText { get; set; }

    /// <summary>What was read, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public TeamSignalSources? Shown { get; set; }

    protected override IReadOnlyList<string> Topics { get; } = ["signals", "signal-sources"];

    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(3);

    // A problem of a source is published by nobody.
    protected override TimeSpan? AtLeastEvery => TimeSpan.FromSeconds(10);

    private Guid? Source => Guid.TryParse(SourceText, out var id) ? id : null;

    private SignalSourceRow? Chosen => Shown?.Sources.FirstOrDefault(s => s.Id == Source);

    private IReadOnlyList<Crumb> Way => [new("Teams", Routes.Teams), new(Shown?.TeamName ?? Team, Routes.Team(Team))];

    private string Sentence => Shown switch
    {
        null => "Reading the sources.",
        { Sources.Count: 0 } => "No program tells this team that something is wrong.",
        var known when known.Sources.Count(s => s.IsInTrouble) is > 0 and var troubled => troubled == 1 ? "One source sends what could not be taken." : $"{troubled} sources send what could not be taken.",
        { Sources.Count: 1 } => "One program tells this team what is wrong.",
        var known => $"{known.Sources.Count} programs tell this team what is wrong.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Team != Team)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Team;
        var outcome = await List.HandleAsync(new ListSignalSources(asked), actor, Left);
        if (asked == Team)
            (Shown, denial) = (outcome.Value, outcome.Refusal);
    }
}
