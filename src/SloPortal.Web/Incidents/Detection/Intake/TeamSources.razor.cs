using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>What tells a team that something is wrong: a part of the team's details.</summary>
public sealed partial class TeamSources
{
    private TeamSignalSources? shown;
    private TeamDetails? readFor;
    private Refusal? refusal;

    [Inject] private ListSignalSources.Handler List { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public TeamDetails Team { get; set; } = default!;

    // Whoever draws the team again, for what is typed beside, brings the same one.
    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(readFor, Team))
            return;
        readFor = Team;
        var outcome = await List.HandleAsync(new ListSignalSources(Team.Slug), await Current.GetAsync(), default);
        (shown, refusal) = (outcome.Value, outcome.Refusal);
    }
}
