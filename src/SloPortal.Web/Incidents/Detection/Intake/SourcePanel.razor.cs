using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>One source beside the list: how it does, what its sender has to be told, and what can be changed.</summary>
public sealed partial class SourcePanel
{
    private string? name;
    private string? service;
    private string? label;
    private string? secret;
    private string? typed;
    private string? rotated;
    private bool saved;
    private uint version;
    private Asked? asks;
    private Refusal? refusal;

    [Inject] private ChangeSignalSource.Handler Change { get; set; } = default!;
    [Inject] private RotateSignalKey.Handler Rotate { get; set; } = default!;
    [Inject] private RemoveSignalSource.Handler Remove { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired] public TeamSignalSources Team { get; set; } = default!;
    [Parameter, EditorRequired] public SignalSourceRow Source { get; set; } = default!;
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }
    [Parameter] public EventCallback Done { get; set; }

    private enum Asked
    {
        Key,
        Removal,
    }

    // Only at the start: what is typed stays while the page is read again.
    protected override void OnInitialized() => Fill();

    private void Fill() => (name, service, label, version) = (Source.Name, Source.Service, Source.ServiceLabel, Source.Version);

    private async Task SaveAsync()
    {
        var given = new ChangeSignalSource(Team.Team, Source.Id, name ?? "", service, label, string.IsNullOrEmpty(secret) ? null : secret, version);
        refusal = (await Change.HandleAsync(given, await Current.GetAsync(), default)).Refusal;
        saved = refusal is null;
        if (!saved)
            return;
        secret = null;
        await Done.InvokeAsync();
        version = Source.Version;
    }

    private async Task DoAsync()
    {
        if (typed?.Trim() != Source.Name)
            return;
        var actor = await Current.GetAsync();
        if (asks == Asked.Removal)
        {
            refusal = (await Remove.HandleAsync(new RemoveSignalSource(Team.Team, Source.Id), actor, default)).Refusal;
            if (refusal is null)
            {
                await Done.InvokeAsync();
                Navigation.NavigateTo(Routes.SignalSources(Team.Team));
            }
        }
        else
        {
            var outcome = await Rotate.HandleAsync(new RotateSignalKey(Team.Team, Source.Id), actor, default);
            (rotated, refusal) = (outcome.Value?.Key, outcome.Refusal);
            await Done.InvokeAsync();
            version = Source.Version;
        }
        (asks, typed) = (null, null);
    }
}
