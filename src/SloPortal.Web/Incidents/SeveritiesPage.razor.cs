using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Response;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents;

/// <summary>The criteria of the severities; administrators change them.</summary>
public sealed partial class SeveritiesPage
{
    private IReadOnlyList<SeverityRow>? levels;
    private IncidentSeverity? editing;
    private Refusal? refusal;
    private bool mayChange;
    private bool saved;
    private string? name;
    private string? criteria;
    private string? source;

    [Inject] private ListSeverityLevels.Handler List { get; set; } = default!;
    [Inject] private ChangeSeverityLevel.Handler Change { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        mayChange = actor.May(Permission.Administer);
        var outcome = await List.HandleAsync(new ListSeverityLevels(), actor, default);
        (levels, refusal) = (outcome.Value, outcome.Refusal);
    }

    private void Edit(SeverityRow level)
    {
        (saved, editing, refusal) = (false, level.Severity, null);
        (name, criteria, source) = (level.Name, level.Criteria, level.Source);
    }

    private async Task SaveAsync(SeverityRow level)
    {
        refusal = (await Change.HandleAsync(new ChangeSeverityLevel(level.Severity, name ?? "", criteria ?? "", source ?? "", level.Version), await Current.GetAsync(), default)).Refusal;
        if (refusal is not null)
            return;
        (editing, saved) = (null, true);
        await ReadAsync();
    }
}
