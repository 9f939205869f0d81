using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Runbooks;

/// <summary>The steps of the runbooks of an incident's services, and what became of them; nothing where there is no runbook.</summary>
public sealed partial class RunbookPanel
{
    private Refusal? refusal;
    private string? reason;
    private bool resuming;
    private bool busy;

    [Inject] private GetIncidentRunbook.Handler Get { get; set; } = default!;
    [Inject] private AskStep.Handler Ask { get; set; } = default!;
    [Inject] private ApproveStep.Handler Approve { get; set; } = default!;
    [Inject] private DeclineStep.Handler Decline { get; set; } = default!;
    [Inject] private ResumeAutomation.Handler Resume { get; set; } = default!;

    /// <summary>Number.</summary>
    [Parameter, EditorRequired] public int Incident { get; set; }

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    public sealed record Reading(int Incident, IncidentRunbookRead? Read);

    // What services and roles it has says the list of incidents.
    protected override IReadOnlyList<string> Topics => Shown?.Read is { } read ? [StepTopic.Of(read.IncidentId), "runbooks", "incidents"] : [];

    private bool Off => busy || !RendererInfo.IsInteractive;

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Incident != Incident)
            await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        // Of what ran between the page's reading and now nobody told: notices are heard from here on.
        if (firstRender)
            ReadSoon();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var incident = Incident;
        var read = (await Get.HandleAsync(new GetIncidentRunbook(incident), actor, Left)).Value;
        if (incident == Incident)
            Shown = new Reading(incident, read);
    }

    private Task<bool> AskAsync(IncidentStepRow step, AskedReason why) => DoAsync(async actor => (await Ask.HandleAsync(new AskStep(Incident, step.Id, why.Text, why.Key), actor, Left)).Refusal);

    private Task<bool> ApproveAsync(IncidentStepRow step) => DoAsync(async actor => (await Approve.HandleAsync(new ApproveStep(Incident, step.Last!.Id), actor, Left)).Refusal);

    private Task<bool> DeclineAsync(IncidentStepRow step, string why) => DoAsync(async actor => (await Decline.HandleAsync(new DeclineStep(Incident, step.Last!.Id, why), actor, Left)).Refusal);

    private async Task ResumeAsync() => resuming = !await DoAsync(async actor => (await Resume.HandleAsync(new ResumeAutomation(Incident, reason ?? ""), actor, Left)).Refusal);

    /// <returns>Whether it was done.</returns>
    private async Task<bool> DoAsync(Func<Actor, Task<Refusal?>> change)
    {
        busy = true;
        refusal = await change(await Current.GetAsync());
        if (refusal is not { Kind: RefusalKind.Unavailable })
            await ReadAsync();
        busy = false;
        StateHasChanged();
        return refusal is null;
    }
}

/// <param name="Key">The same words sent again are the same ask.</param>
public sealed record AskedReason(string Text, string Key);
