using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>Adds a source and shows its key, once.</summary>
public sealed partial class AddSource
{
    private SignalSourceKind kind;
    private string? name;
    private string? service;
    private string? label;
    private string? secret;
    private bool busy;
    private Refusal? refusal;
    private NewSignalSource? made;

    [Inject] private AddSignalSource.Handler Add { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public TeamSignalSources Team { get; set; } = default!;
    [Parameter] public EventCallback Done { get; set; }

    private bool TellsDeployments => kind is SignalSourceKind.GitHub or SignalSourceKind.GitLab;

    private async Task AddAsync()
    {
        busy = true;
        var outcome = await Add.HandleAsync(new AddSignalSource(Team.Team, kind, name ?? "", service, label, TellsDeployments ? secret : null), await Current.GetAsync(), default);
        (made, refusal, busy, secret) = (outcome.Value, outcome.Refusal, false, outcome.Succeeded ? null : secret);
        if (outcome.Succeeded)
            await Done.InvokeAsync();
    }
}
