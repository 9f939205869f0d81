using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Teams;

/// <summary>Every team of an incident and of those that belong to it: who leads what, who waits, what is handed over and when stakeholders hear next.</summary>
public sealed partial class IncidentTeamsPage
{
    private Refusal? refusal;

    [Parameter] public int Number { get; set; }

    [Inject] private GetIncidentTeams.Handler Get { get; set; } = default!;

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public IncidentTeamsRead? Shown { get; set; }

    protected override IReadOnlyList<string> Topics => Shown is null ? [] : [TeamsTopic.Of(Shown.IncidentId), "incidents", "incident-updates"];

    protected override TimeSpan? AtLeastEvery => TimeSpan.FromSeconds(30);

    private IReadOnlyList<Crumb> Way => [new("Incidents", Routes.Incidents), new(Incident.CodeOf(Number), Routes.Incident(Number))];

    private IEnumerable<(string? Word, IncidentStanding Incident)> Incidents =>
        Shown!.Linked.OrderBy(l => l.As).Select(l => ((string?)TeamWords.Word(l.As), l.Incident)).Prepend((null, Shown.Own));

    private List<HandOffRow> Answered => [.. Shown!.HandOffs.Where(h => h.State != HandOffState.Offered)];

    /// <summary>What wants somebody's attention first.</summary>
    private string Summary
    {
        get
        {
            var teams = Incidents.SelectMany(i => i.Incident.Teams).ToList();
            var parts = new[]
            {
                (Count: teams.Count(t => t.State == TeamState.Waiting), Word: "waiting"),
                (Count: teams.Count(t => t is { Lead: null, State: not TeamState.Done }), Word: "without a lead"),
                (Count: teams.Sum(t => t.Offered), Word: "to answer a hand-off"),
                (Count: Incidents.Count(i => i.Incident.UpdateOverdueSeconds is not null), Word: "updates overdue"),
            }.Where(p => p.Count > 0).Select(p => $"{p.Count} {p.Word}").ToList();
            var all = teams.Count switch { 0 => "No team was asked yet.", 1 => "1 team", _ => $"{teams.Count} teams" };
            return teams.Count == 0 || parts.Count == 0 ? teams.Count == 0 ? all : all + ", none waits." : $"{all}: {string.Join(", ", parts)}.";
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Own.Number != Number)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var number = Number;
        var found = await Get.HandleAsync(new GetIncidentTeams(number), actor, Left);
        if (number != Number)
            return;
        (refusal, Shown) = (found.Refusal, found.Succeeded ? found.Value : null);
    }
}
