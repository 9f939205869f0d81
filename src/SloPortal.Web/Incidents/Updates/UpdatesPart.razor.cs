using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Updates;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Updates;

/// <summary>What stakeholders were told about an incident, what waits for approval, and when the next update is due. It follows by itself.</summary>
public sealed partial class UpdatesPart
{
    private UpdateDraft? form;
    private Guid? revised;
    private Guid? returning;
    private Refusal? trouble;
    private string? reason;
    private string? said;
    private bool busy;

    [Inject] private GetUpdates.Handler Get { get; set; } = default!;
    [Inject] private DraftUpdate.Handler Draft { get; set; } = default!;
    [Inject] private ApproveUpdate.Handler Approve { get; set; } = default!;
    [Inject] private SendBackUpdate.Handler SendBack { get; set; } = default!;
    [Inject] private WithdrawUpdate.Handler Withdraw { get; set; } = default!;

    /// <summary>Number.</summary>
    [Parameter, EditorRequired] public int Incident { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    public sealed record Reading(int Incident, UpdatesRead? Read);

    protected override IReadOnlyList<string> Topics { get; } = ["incident-updates", "incidents"];

    // An update becomes overdue without anybody saying so.
    protected override TimeSpan? AtLeastEvery => TimeSpan.FromSeconds(30);

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Incident != Incident)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var incident = Incident;
        var found = await Get.HandleAsync(new GetUpdates(incident), actor, Left);
        if (incident == Incident)
            Shown = new Reading(incident, found.Value);
    }

    private async Task BeginAsync(Guid? draft)
    {
        var begun = await Draft.HandleAsync(new DraftUpdate(Incident), await Current.GetAsync(Left), Left);
        (form, revised, trouble, said, returning) = (begun.Value, draft, begun.Refusal, null, null);
    }

    /// <param name="written">What became of it; null where the form was left.</param>
    private async Task CloseAsync(WrittenUpdate? written)
    {
        (form, revised) = (null, null);
        if (written is null)
            return;
        said = written.State == UpdateState.Published ? "Published." : "Somebody else has to approve it now; whoever commands the incident is told.";
        await ReadAsync();
    }

    private Task ApproveAsync(UpdateRow draft) => DoAsync("Published.", async actor => (await Approve.HandleAsync(new ApproveUpdate(Incident, draft.Id, draft.Version), actor, Left)).Refusal);

    private async Task SendBackAsync(UpdateRow draft)
    {
        await DoAsync($"Sent back to {draft.Author}.", async actor => (await SendBack.HandleAsync(new SendBackUpdate(Incident, draft.Id, reason ?? ""), actor, Left)).Refusal);
        if (trouble is null)
            returning = null;
    }

    private Task WithdrawAsync(UpdateRow draft) => DoAsync("Withdrawn.", async actor => (await Withdraw.HandleAsync(new WithdrawUpdate(Incident, draft.Id), actor, Left)).Refusal);

    private async Task DoAsync(string done, Func<Actor, Task<Refusal?>> change)
    {
        busy = true;
        trouble = await change(await Current.GetAsync(Left));
        said = trouble is null ? done : null;
        busy = false;
        await ReadAsync();
    }
}
