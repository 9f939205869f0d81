using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Application.Incidents.OnCall.Shifts;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.OnCall;

/// <summary>Gives a shift away, swaps it, or puts somebody on call for a time.</summary>
public sealed partial class ShiftForm
{
    private string other = "";
    private string person = "";
    private DateTime? from;
    private DateTime? to;
    private string? reason;
    private bool busy;
    private Refusal? refusal;

    [Inject] private TakeShift.Handler Take { get; set; } = default!;
    [Inject] private SwapShifts.Handler Swap { get; set; } = default!;
    [Inject] private OverrideShift.Handler Override { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Parameter, EditorRequired] public ScheduleDetails Schedule { get; set; } = default!;

    /// <summary>give, swap or override.</summary>
    [Parameter, EditorRequired] public string Deed { get; set; } = "";

    /// <summary>The shift that it is about; null for an override, and where it is not shown.</summary>
    [Parameter] public ShiftRow? Shift { get; set; }

    /// <summary>The page's now.</summary>
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    /// <summary>Called with a sentence of what is done.</summary>
    [Parameter] public EventCallback<string> Done { get; set; }

    /// <summary>The address of the page without the form.</summary>
    [Parameter, EditorRequired] public string Close { get; set; } = "";

    private string Heading => Deed switch
    {
        "swap" => "Swap a shift",
        "give" => "Give a shift away",
        _ => "Override the schedule",
    };

    private IEnumerable<ShiftRow> Others => Schedule.Strip.Final.Where(s => s.LayerId is not null && s.To > Now && s.PersonId != Shift!.PersonId).DistinctBy(s => (s.LayerId, s.Index));

    private async Task SaveAsync()
    {
        if (busy)
            return;
        busy = true;
        var (answer, sentence) = Deed switch
        {
            "swap" => await SwapAsync(),
            "give" => await GiveAsync(),
            _ => await OverrideAsync(),
        };
        (busy, refusal) = (false, answer);
        if (answer is null)
            await Done.InvokeAsync(sentence);
    }

    private async Task<(Refusal?, string)> SwapAsync()
    {
        if (OnCallWords.ShiftOf(other) is not { } theirs)
            return (Refusal.Invalid("Other", "Choose the other shift."), "");
        var outcome = await Swap.HandleAsync(new SwapShifts(Schedule.Slug, new ShiftName(Shift!.LayerId!.Value, Shift.Index!.Value), new ShiftName(theirs.Layer, theirs.Index), reason), await Current.GetAsync(), default);
        return (outcome.Refusal, "The shifts are swapped. Whoever has the other one is told.");
    }

    private async Task<(Refusal?, string)> GiveAsync()
    {
        if (!Guid.TryParse(person, out var to))
            return (Refusal.Invalid("Person", "Choose who gets the shift."), "");
        var outcome = await Take.HandleAsync(new TakeShift(Schedule.Slug, Shift!.LayerId!.Value, Shift.Index!.Value, to, reason), await Current.GetAsync(), default);
        return (outcome.Refusal, "The shift is given away. Whoever has it now is told.");
    }

    private async Task<(Refusal?, string)> OverrideAsync()
    {
        if (!Guid.TryParse(person, out var who))
            return (Refusal.Invalid("Person", "Choose who is on call."), "");
        if (to is not { } end)
            return (Refusal.Invalid("To", "Say until when."), "");
        var outcome = await Override.HandleAsync(new OverrideShift(Schedule.Slug, who, from is { } start ? ReaderZone.Instant(start, Zone) : null, ReaderZone.Instant(end, Zone), reason), await Current.GetAsync(), default);
        return (outcome.Refusal, "The override is saved. Those whom it concerns are told.");
    }
}
