using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Teams;

/// <summary>The teams that work on an incident, what waits for an answer between them, and the incidents that belong to it; nothing where there are none.</summary>
public sealed partial class TeamsPanel
{
    private InvolvedTeamRow? standing;
    private InvolvedTeamRow? giving;
    private bool busy;
    private Refusal? refusal;

    [Parameter, EditorRequired] public int Incident { get; set; }

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    [Inject] private GetIncidentTeams.Handler Get { get; set; } = default!;
    [Inject] private LeadTeam.Handler Lead { get; set; } = default!;
    [Inject] private AnswerHandOff.Handler Answer { get; set; } = default!;
    [Inject] private WithdrawHandOff.Handler Withdraw { get; set; } = default!;
    [Inject] private UnlinkIncidents.Handler Unlink { get; set; } = default!;

    public sealed record Reading(int Incident, Guid Me, IncidentTeamsRead Read);

    // Of linked incidents the list tells how they stand.
    protected override IReadOnlyList<string> Topics => Shown is null ? [] : Shown.Read.Linked.Count > 0 ? [TeamsTopic.Of(Shown.Read.IncidentId), "incidents"] : [TeamsTopic.Of(Shown.Read.IncidentId)];

    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(1);

    private bool Off => busy || !RendererInfo.IsInteractive;

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Incident != Incident)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var incident = Incident;
        var read = (await Get.HandleAsync(new GetIncidentTeams(incident), actor, Left)).Value;
        if (incident == Incident)
            Shown = read is null ? null : new Reading(incident, actor.PersonId, read);
    }

    private Task LeadAsync(InvolvedTeamRow team) => DoAsync(async actor => (await Lead.HandleAsync(new LeadTeam(Incident, team.Slug), actor, Left)).Refusal);

    private Task AnswerAsync(HandOffRow row, bool accept, string? reason) => DoAsync(async actor => (await Answer.HandleAsync(new AnswerHandOff(Incident, row.Id, accept, reason), actor, Left)).Refusal);

    private Task WithdrawAsync(HandOffRow row) => DoAsync(async actor => (await Withdraw.HandleAsync(new WithdrawHandOff(Incident, row.Id), actor, Left)).Refusal);

    private Task UnlinkAsync(LinkedIncident linked) => DoAsync(async actor => (await Unlink.HandleAsync(new UnlinkIncidents(Incident, linked.Incident.Number), actor, Left)).Refusal);

    private Task CloseAsync(bool changed)
    {
        (standing, giving) = (null, null);
        return changed ? ReadAsync() : Task.CompletedTask;
    }

    private async Task DoAsync(Func<Actor, Task<Refusal?>> change)
    {
        busy = true;
        refusal = await change(await Current.GetAsync());
        if (refusal is not { Kind: RefusalKind.Unavailable })
            await ReadAsync();
        busy = false;
    }
}
