using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Segments;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Segments;
using SloPortal.Web.Access;

namespace SloPortal.Web.Measurement.Segments;

/// <summary>By which labels an SLI could be split, with how many values each has, and the choice.</summary>
public sealed partial class SplitForm
{
    private SplitChoices? choices;
    private Refusal? trouble;
    private string first = "";
    private string second = "";
    private int cap = SliSplit.UsualCap;
    private bool busy;
    private int readFor;

    [Parameter, EditorRequired] public int SliId { get; set; }

    [Parameter, EditorRequired] public bool MayChange { get; set; }

    [Parameter, EditorRequired] public EventCallback Saved { get; set; }

    [Parameter, EditorRequired] public EventCallback Cancelled { get; set; }

    [Inject] private GetSplit.Handler Get { get; set; } = default!;
    [Inject] private SplitSli.Handler Split { get; set; } = default!;
    [Inject] private EndSplit.Handler End { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    /// <summary>The most combinations that the values at present can make.</summary>
    private int Expected => (int)Math.Min(int.MaxValue, (long)ValuesOf(first) * (second.Length > 0 ? ValuesOf(second) : 1));

    protected override async Task OnParametersSetAsync()
    {
        // The panel around it draws more often than the series change.
        if (readFor == SliId)
            return;
        readFor = SliId;
        choices = (await Get.HandleAsync(new GetSplit(SliId), await Current.GetAsync(), default)).Value;
        if (choices?.Present is { } present)
            (first, second, cap) = (present.Labels[0], present.Labels.ElementAtOrDefault(1) ?? "", present.Cap);
    }

    private int ValuesOf(string name) => choices!.Labels.FirstOrDefault(l => l.Name == name)?.Values ?? 1;

    private void Choose(string label) => (first, second, trouble) = (label, second == label ? "" : second, null);

    private static string? Remark(SplitLabel label) => label switch
    {
        { DecidesGood: true } => "It decides what is good, so each segment would be all good or all bad.",
        { Values: > SliSplit.LargestCap } => $"More than the {SliSplit.LargestCap} that can be counted apart.",
        { Lacking: > 0 } => $"{SegmentWords.Number(label.Lacking)} series lack it and would count as (none).",
        { Values: 1 } => "One value tells nothing apart.",
        _ => null,
    };

    private Task SaveAsync() => DoAsync(async () => (await Split.HandleAsync(
        new SplitSli(SliId, second.Length > 0 ? [first.Trim(), second] : [first.Trim()], cap), await Current.GetAsync(), default)).Refusal);

    private Task EndAsync() => DoAsync(async () => (await End.HandleAsync(new EndSplit(SliId), await Current.GetAsync(), default)).Refusal);

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
        (readFor, first, second) = (0, "", "");
        await Saved.InvokeAsync();
    }
}
