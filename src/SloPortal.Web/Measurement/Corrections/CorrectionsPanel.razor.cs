using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Measurement.Corrections;

/// <summary>What of an SLI counts otherwise than it was measured, who said so, and the decision that waits.</summary>
public sealed partial class CorrectionsPanel
{
    private CorrectionRow[]? rows;
    private (Guid Id, Deed What)? deed;
    private Refusal? trouble;
    private string note = "";
    private bool busy;

    private enum Deed
    {
        Approve,
        Decline,
        Withdraw,
    }

    [Parameter, EditorRequired] public int SliId { get; set; }

    /// <summary>Whether the reader acts for the team that owns the service.</summary>
    [Parameter, EditorRequired] public bool MayPropose { get; set; }

    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    /// <summary>After something was decided that changes what counts.</summary>
    [Parameter, EditorRequired] public EventCallback Changed { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Inject] private ListCorrections.Handler List { get; set; } = default!;
    [Inject] private DecideCorrection.Handler Decide { get; set; } = default!;
    [Inject] private WithdrawCorrection.Handler Withdraw { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync() => rows = (await List.HandleAsync(new ListCorrections(SliId), await Current.GetAsync(), default)).Value;

    private void Begin(Guid id, Deed what) => (deed, trouble, note) = ((id, what), null, "");

    private async Task DoAsync()
    {
        if (busy || deed is not { } doing)
            return;
        busy = true;
        var actor = await Current.GetAsync();
        trouble = doing.What switch
        {
            Deed.Withdraw => (await Withdraw.HandleAsync(new WithdrawCorrection(doing.Id, note), actor, default)).Refusal,
            _ => (await Decide.HandleAsync(new DecideCorrection(doing.Id, doing.What == Deed.Approve, note), actor, default)).Refusal,
        };
        busy = false;
        if (trouble is not null)
            return;
        deed = null;
        await ReadAsync();
        await Changed.InvokeAsync();
    }

    private static string Word(Deed what) => what switch { Deed.Approve => "Approve it", Deed.Decline => "Decline it", _ => "Withdraw it" };
}
