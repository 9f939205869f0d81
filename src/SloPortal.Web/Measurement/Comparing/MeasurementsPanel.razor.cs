using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Measurement.Comparing;

/// <summary>By what else an SLI is measured, and what they did not agree about.</summary>
public sealed partial class MeasurementsPanel
{
    private MeasurementList? list;
    private MeasurementRow? removing;
    private Refusal? trouble;
    private string? reason;
    private bool adding;
    private bool busy;
    private int other;
    private decimal tolerance = 1;
    private int afterHours = 3;
    private int gapHours = 2;

    [Parameter, EditorRequired] public int SliId { get; set; }

    /// <summary>Whether the reader acts for the team that owns the service.</summary>
    [Parameter, EditorRequired] public bool MayChange { get; set; }

    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    [Inject] private ListMeasurements.Handler List { get; set; } = default!;
    [Inject] private AddMeasurement.Handler Add { get; set; } = default!;
    [Inject] private RemoveMeasurement.Handler Remove { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync() => list = (await List.HandleAsync(new ListMeasurements(SliId), await Current.GetAsync(), default)).Value;

    private Task AddAsync() => DoAsync(async () => (await Add.HandleAsync(new AddMeasurement(SliId, other, tolerance, afterHours, gapHours, reason ?? ""), await Current.GetAsync(), default)).Refusal);

    private Task RemoveAsync() => DoAsync(async () => (await Remove.HandleAsync(new RemoveMeasurement(removing!.Id, reason ?? ""), await Current.GetAsync(), default)).Refusal);

    private async Task DoAsync(Func<Task<Refusal?>> deed)
    {
        // A second click may come before the button is drawn as disabled.
        if (busy)
            return;
        busy = true;
        trouble = await deed();
        busy = false;
        if (trouble is not null)
            return;
        (adding, removing, reason, other) = (false, null, "", 0);
        await ReadAsync();
    }
}
