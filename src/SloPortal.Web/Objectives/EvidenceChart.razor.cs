using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SloPortal.Application.Objectives.Proposals;

namespace SloPortal.Web.Objectives;

/// <summary>What every past window attained, against a target: green above, red below. Where targets can be
/// chosen, the line is dragged with the pointer or moved by the arrow keys.</summary>
public sealed partial class EvidenceChart : IAsyncDisposable
{
    private ElementReference box;
    private IJSObjectReference? module;
    private bool left;
    private EvidenceGeometry geometry = EvidenceGeometry.Empty;

    [Parameter, EditorRequired] public ProposalEvidence Evidence { get; set; } = default!;

    [Parameter, EditorRequired] public decimal TargetPercent { get; set; }

    /// <summary>Takes a dragged target, in percent; without it the chart only shows.</summary>
    [Parameter] public EventCallback<decimal> OnTarget { get; set; }

    /// <summary>What people say of targets, with a legend and what the windows to come attain; null where nobody negotiates.</summary>
    [Parameter] public IReadOnlyList<EvidenceMark>? Marks { get; set; }

    [Inject] private IJSRuntime Js { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private string Label => $"{Evidence.Sentence} The lines below say the same in figures.";

    protected override void OnParametersSet() => geometry = EvidenceGeometry.Of(Evidence.Line, (double)TargetPercent, Zone, Marks, Marks is null ? null : Evidence.Forecast?.Held);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!OnTarget.HasDelegate || geometry.Path.Length == 0 || module is not null)
            return;
        try
        {
            module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/evidence-drag.js");
            await module.InvokeVoidAsync("start", box, EvidenceGeometry.Top, EvidenceGeometry.Bottom);
        }
        catch (Exception e) when (e is JSDisconnectedException || (left && e is ObjectDisposedException))
        {
            // Left before the pointer was ever down.
        }
    }

    public async ValueTask DisposeAsync()
    {
        left = true;
        try
        {
            if (module is not null)
                await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone and took the module along.
        }
    }

    private Task DragAsync(ChangeEventArgs change) =>
        decimal.TryParse(change.Value as string, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? OnTarget.InvokeAsync(percent) : Task.CompletedTask;

    private static string M(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
