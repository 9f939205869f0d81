using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Objectives;

/// <summary>The history under each budgeting method. It is read when somebody unfolds it, and again when the terms above move.</summary>
public sealed partial class MethodsPanel : IDisposable
{
    private readonly CancellationTokenSource left = new();
    private MethodsCompared? compared;
    private CompareMethods? shown;
    private Refusal? refusal;
    private int sliceMinutes = 5;
    private bool open;

    [Parameter, EditorRequired] public string Service { get; set; } = "";

    [Parameter, EditorRequired] public string Sli { get; set; } = "";

    /// <summary>In percent.</summary>
    [Parameter, EditorRequired] public decimal TargetPercent { get; set; }

    /// <summary>As it is stored: "rolling 30d".</summary>
    [Parameter, EditorRequired] public string Window { get; set; } = "";

    /// <summary>What the proposal counts by, as it is stored.</summary>
    [Parameter, EditorRequired] public string Method { get; set; } = "";

    /// <summary>Whether failures of vendors shall count.</summary>
    [Parameter, EditorRequired] public ExternalFailures Externals { get; set; }

    /// <summary>Takes the method that somebody wants to propose.</summary>
    [Parameter, EditorRequired] public EventCallback<string> OnMethod { get; set; }

    [Inject] private CompareMethods.Handler Compare { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private int Decimals => new ObjectiveTarget(TargetPercent).Decimals;

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
    }

    protected override Task OnParametersSetAsync() => open ? ReadAsync() : Task.CompletedTask;

    private Task ToggleAsync()
    {
        open = !open;
        return open ? ReadAsync() : Task.CompletedTask;
    }

    private async Task ReadAsync()
    {
        var asked = new CompareMethods(Service, Sli, TargetPercent, Window, sliceMinutes, SliceTarget, Externals);
        if (asked == shown)
            return;
        shown = asked;
        var outcome = await Compare.HandleAsync(asked, await Current.GetAsync(left.Token), left.Token).OrUnanswered();
        // The terms may have moved on; their own answer follows.
        if (asked != shown)
            return;
        (compared, refusal) = (outcome.Value, outcome.Refusal);
        // What was not answered is asked again.
        if (refusal is { Kind: RefusalKind.Unavailable })
            shown = null;
    }

    /// <summary>Slices are compared by the target that the proposal has for them, else by its own.</summary>
    private decimal? SliceTarget => MethodText.Read(Method).Method is TimeSlices slices ? slices.SliceTarget.Percent : null;

    private bool MayPropose(MethodFigures verdict) => verdict.Window == compared!.Verdicts[0].Window && verdict.Method != Method
        && MethodText.Read(verdict.Method).Method is { RefusalToAgree: null };

    private static string N(double count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
