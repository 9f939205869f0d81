using Microsoft.AspNetCore.Components;
using SloPortal.Application.Changes;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Attachments;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Phases;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Access;
using SloPortal.Web.Incidents.Timeline;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents;

/// <summary>One incident: how it stands, what happened, and what one can do about it. It follows by itself; the timeline within a second.</summary>
public sealed partial class IncidentPage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Incidents", Routes.Incidents)];

    /// <summary>A deployment so long before users felt it may have to do with it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(3);

    private Refusal? refusal;
    private Refusal? trouble;
    private IncidentDoing doing;
    private bool busy;

    [Inject] private GetIncident.Handler Get { get; set; } = default!;
    [Inject] private GetTimeline.Handler GetTimeline { get; set; } = default!;
    [Inject] private ListAttachments.Handler Attachments { get; set; } = default!;
    [Inject] private ListDeployments.Handler Deployments { get; set; } = default!;
    [Inject] private GetPhases.Handler Phases { get; set; } = default!;
    [Inject] private ChangeStatus.Handler Change { get; set; } = default!;
    [Inject] private OpenWarRoom.Handler Open { get; set; } = default!;
    [Inject] private CloseWarRoom.Handler CloseRoom { get; set; } = default!;

    [Parameter] public int Number { get; set; }
    [SupplyParameterFromQuery] private string? Kind { get; set; }
    [SupplyParameterFromQuery] private string? KnownAt { get; set; }
    [SupplyParameterFromQuery] private int Show { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    public sealed record Reading(Guid Me, IncidentDetail Incident, PhasesRead? Phases, TimelineView? Timeline, IReadOnlyList<AttachmentRow> Attachments, IReadOnlyList<DeploymentRow> Deployments);

    /// <summary>Of what is recorded the timeline tells, which follows on its own, unless it shows the past.</summary>
    protected override IReadOnlyList<string> Topics => Shown is null ? [] : KnownAt is null ? ["budgets"] : [$"incident/{Shown.Incident.Id}", "budgets"];

    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(2);

    protected override TimeSpan? AtLeastEvery => TimeSpan.FromSeconds(30);

    private IncidentDetail Incident => Shown!.Incident;

    private string Criteria => Incident.Severities.FirstOrDefault(s => s.Severity == Incident.Severity) is { } level ? $"{level.Name}: {level.Criteria}" : "";

    /// <summary>The step that usually follows.</summary>
    private IncidentStatus? Forward => Incident.NextStatuses.Where(s => s > Incident.Status).Cast<IncidentStatus?>().FirstOrDefault();

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Incident.Number != Number)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var number = Number;
        var found = await Get.HandleAsync(new GetIncident(number), actor, Left);
        if (number != Number)
            return;
        refusal = found.Refusal;
        if (!found.Succeeded)
        {
            Shown = null;
            return;
        }
        var incident = found.Value;
        // The panel reads it itself from then on.
        var begun = Shown?.Incident.Number == number ? Shown.Timeline : null;
        if (begun is null && Kind is null && KnownAt is null && Show == 0)
            begun = (await GetTimeline.HandleAsync(new GetTimeline(number), actor, Left)).Value is { } page ? TimelineView.Of(page) : null;
        var phases = await Phases.HandleAsync(new GetPhases(number), actor, Left);
        var files = await Attachments.HandleAsync(new ListAttachments(number), actor, Left);
        var deployments = new List<DeploymentRow>();
        foreach (var service in incident.Services)
            deployments.AddRange((await Deployments.HandleAsync(new ListDeployments(service.Slug, incident.StartedAt - Before, incident.EndedAt), actor, Left)).Value ?? []);
        Shown = new Reading(actor.PersonId, incident, phases.Value, begun, files.Value ?? [], [.. deployments.OrderByDescending(d => d.DeployedAt).Take(10)]);
    }

    private async Task ChangeStatusAsync(IncidentStatus to) => await DoAsync(async actor => (await Change.HandleAsync(new ChangeStatus(Number, to), actor, Left)).Refusal);

    private async Task OpenWarRoomAsync() => await DoAsync(async actor => (await Open.HandleAsync(new OpenWarRoom(Number), actor, Left)).Refusal);

    private async Task CloseWarRoomAsync() => await DoAsync(async actor => (await CloseRoom.HandleAsync(new CloseWarRoom(Number), actor, Left)).Refusal);

    private async Task DoAsync(Func<Actor, Task<Refusal?>> change)
    {
        busy = true;
        trouble = await change(await Current.GetAsync());
        if (trouble is not { Kind: RefusalKind.Unavailable })
            await ReadAsync();
        busy = false;
    }

    private Task CloseAsync(bool changed)
    {
        doing = IncidentDoing.Nothing;
        return changed ? ReadAsync() : Task.CompletedTask;
    }
}
