using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets.Tuning;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Budgets.Tuning;

/// <summary>What alerts of an objective are held against, with what became of each; members of the team mark intervals here.</summary>
public sealed partial class LabelsPanel
{
    private (string, string)? readFor;
    private bool marking;
    private bool busy;
    private LabelKind kind;
    private DateTime? from;
    private DateTime? to;
    private string reason = "";
    private Refusal? trouble;

    [Inject] private ListAlertLabels.Handler List { get; set; } = default!;
    [Inject] private MarkInterval.Handler Mark { get; set; } = default!;
    [Inject] private UnmarkInterval.Handler Unmark { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public string Service { get; set; } = "";
    [Parameter, EditorRequired] public string Objective { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<TestedInterval> Judged { get; set; } = [];

    /// <summary>Two sets of rules are compared.</summary>
    [Parameter] public bool IsOther { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private bool MayMark { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (readFor == (Service, Objective))
            return;
        readFor = (Service, Objective);
        var labels = await List.HandleAsync(new ListAlertLabels(Service, Objective), await Current.GetAsync(), default);
        MayMark = labels is { Succeeded: true, Value.MayMark: true };
    }

    private static string Found(LabelKind kind, TimeSpan? detects, TimeSpan? resets) => (kind, detects) switch
    {
        (LabelKind.ShouldNot, _) => "",
        (_, null) => "missed",
        (_, { } after) => (after == TimeSpan.Zero ? "at once" : $"after {HumanDuration.Text(after)}") + (resets is { } reset && reset > TimeSpan.Zero ? $", reset {HumanDuration.Text(reset)} later" : ""),
    };

    private async Task MarkAsync()
    {
        if (from is not { } begins || to is not { } ends)
        {
            trouble = Refusal.Invalid("Say from when to when.");
            return;
        }

        busy = true;
        trouble = (await Mark.HandleAsync(
            new MarkInterval(Service, Objective, ReaderZone.Instant(begins, Zone), ReaderZone.Instant(ends, Zone), kind, reason), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (trouble is null)
            (marking, from, to, reason) = (false, null, null, "");
    }

    private async Task UnmarkAsync(Guid mark)
    {
        trouble = (await Unmark.HandleAsync(new UnmarkInterval(Service, Objective, mark), await Current.GetAsync(), default)).Refusal;
        marking = marking || trouble is not null;
    }
}
