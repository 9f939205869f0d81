using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Timeline.Phases;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline.Phases;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Timeline.Phases;

/// <summary>Says when a phase began, other than what is derived.</summary>
public sealed partial class PhaseForm
{
    private string key = Guid.NewGuid().ToString();
    private Phase phase = Phase.Detected;
    private DateTime? wall;
    private string? reason;
    private bool asked;
    private bool confirmed;
    private bool busy;
    private Refusal? refusal;

    [Inject] private AdjustPhase.Handler Adjust { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    /// <summary>Number.</summary>
    [Parameter, EditorRequired] public int Incident { get; set; }

    [Parameter, EditorRequired] public PhasesRead Read { get; set; } = default!;

    /// <summary>Whether something was changed.</summary>
    [Parameter] public EventCallback<bool> Closed { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private PhaseRow Row => Read.Phases[(int)phase];

    protected override void OnInitialized() => wall = Whole(Row.At);

    private void Choose(ChangeEventArgs e)
    {
        phase = Enum.TryParse<Phase>(e.Value?.ToString(), out var chosen) ? chosen : phase;
        (wall, refusal, asked, confirmed) = (Whole(Row.At), null, false, false);
    }

    /// <param name="derived">Takes what is derived again.</param>
    private async Task SaveAsync(bool derived)
    {
        if (wall is null && !derived)
        {
            refusal = Refusal.Invalid("At", "Give the time.");
            return;
        }
        busy = true;
        // The field knows whole seconds; what nobody touched stays exactly as it was.
        DateTimeOffset? at = derived ? null : Row.At is { } before && wall == Whole(before) ? before : ReaderZone.Instant(wall!.Value, Zone);
        refusal = (await Adjust.HandleAsync(new AdjustPhase(Incident, phase, at, reason ?? "", key, confirmed), await Current.GetAsync(), default)).Refusal;
        asked |= refusal?.Message.EndsWith(UnusualTime.Or, StringComparison.Ordinal) == true;
        busy = false;
        if (refusal is not null)
            return;
        key = Guid.NewGuid().ToString();
        await Closed.InvokeAsync(true);
    }

    private DateTime? Whole(DateTimeOffset? at) => at is { } known && ReaderZone.Wall(known, Zone) is var shown ? new DateTime(shown.Ticks - (shown.Ticks % TimeSpan.TicksPerSecond)) : null;
}
