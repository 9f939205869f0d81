using Microsoft.AspNetCore.Components;
using SloPortal.Application.Changes;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Attachments;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Timeline.Marks;

/// <summary>Says what an entry rests on: what is near the incident is offered, everything else has an address.</summary>
public sealed partial class EvidenceForm
{
    /// <summary>A deployment so long before an entry may be what it tells of.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(3);

    private const int MostDeployments = 20;

    private readonly string key = Guid.NewGuid().ToString();
    private readonly List<DeploymentRow> deployments = [];
    private IReadOnlyList<AttachmentRow> files = [];
    private string chosen = "";
    private string? address;
    private bool busy;
    private Refusal? refusal;

    [Inject] private LinkEvidence.Handler Link { get; set; } = default!;
    [Inject] private ListAttachments.Handler Attachments { get; set; } = default!;
    [Inject] private ListDeployments.Handler Deployments { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired] public IncidentDetail Incident { get; set; } = default!;
    [Parameter, EditorRequired] public EntryRow Row { get; set; } = default!;
    [Parameter] public EventCallback Closed { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private IReadOnlyList<Choice> Choices =>
    [
        .. Incident.Objectives.Select(o => new Choice("Objectives, at the time of the entry", $"{o.Name} of {o.Service}", new(EvidenceKind.Objective, $"{o.Service}/{o.Slug}"))),
        .. files.Select(f => new Choice("Attachments", f.FileName, new(EvidenceKind.Attachment, f.Id.ToString()))),
        .. deployments.Select(d => new Choice("Deployments", $"{d.Service} {d.Version} at {EntryWords.Clock(d.DeployedAt, Zone)}", new(EvidenceKind.Deployment, d.Id.ToString()))),
        .. Incident.Services.Select(s => new Choice("Services", s.Name, new(EvidenceKind.Service, s.Slug))),
    ];

    protected override async Task OnInitializedAsync()
    {
        var actor = await Current.GetAsync();
        files = (await Attachments.HandleAsync(new ListAttachments(Incident.Number), actor, default)).Value ?? [];
        foreach (var service in Incident.Services)
            deployments.AddRange((await Deployments.HandleAsync(new ListDeployments(service.Slug, Incident.StartedAt - Before, Incident.EndedAt), actor, default)).Value?.Take(MostDeployments) ?? []);
    }

    private async Task SaveAsync()
    {
        var evidence = Choices.FirstOrDefault(c => c.Value == chosen)?.Evidence ?? EvidenceAddress.Read(address ?? "", Navigation.BaseUri);
        busy = true;
        refusal = (await Link.HandleAsync(new LinkEvidence(Incident.Number, Row.Id, evidence, key), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is null)
            await Closed.InvokeAsync();
    }

    private sealed record Choice(string Group, string Text, Evidence Evidence)
    {
        public string Value => $"{Evidence.Kind}:{Evidence.Reference}";
    }
}
