using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Corrections;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Corrections;

/// <summary>The form that proposes a correction, with what was measured in the stretch beside it.</summary>
public sealed partial class CorrectSliPage
{
    private static readonly (CorrectionKind Kind, string Word, string Says)[] Kinds =
    [
        (CorrectionKind.Exclude, "Are left out", "They were measured wrongly, or are maintenance that was agreed. They count as minutes without data."),
        (CorrectionKind.Drill, "Were a drill", "Failures were made on purpose. Left out too, and told apart from trouble."),
        (CorrectionKind.Replace, "Get other figures", "Another source knows better what happened. Spread evenly over the minutes."),
    ];

    private SliDetails? sli;
    private Refusal? refusal;
    private Refusal? trouble;
    private CorrectionKind kind;
    private DateTime? from;
    private DateTime? to;
    private double? good;
    private double? total;
    private string? recurrence;
    private string reason = "";
    private string evidence = "";
    private string preview = "Choose the stretch to see what was measured in it.";
    private bool busy;

    [Inject] private GetSli.Handler Get { get; set; } = default!;
    [Inject] private GetSliCounts.Handler Counts { get; set; } = default!;
    [Inject] private ProposeCorrection.Handler Propose { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter] public int Id { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(sli!.ServiceName, Routes.Service(sli.Service)), new(sli.Name, Routes.Sli(Id))];

    protected override async Task OnParametersSetAsync()
    {
        if (sli?.Id == Id)
            return;
        var outcome = await Get.HandleAsync(new GetSli(Id), await Current.GetAsync(), default);
        (sli, refusal) = (outcome.Value, outcome.Refusal);
        if (sli is { MayChange: false })
            refusal = Refusal.Denied($"Only members of {sli.Team} correct this SLI.");
    }

    private async Task PreviewAsync()
    {
        if (from is null || to is null || to <= from)
            return;
        var (start, end) = (ReaderZone.Instant(from.Value, Zone), ReaderZone.Instant(to.Value, Zone));
        var outcome = await Counts.HandleAsync(new GetSliCounts(Id, start, end, end - start > TimeSpan.FromDays(7) ? 60 : 1), await Current.GetAsync(), default);
        if (!outcome.Succeeded)
        {
            preview = outcome.Refusal.Message;
            return;
        }
        var counted = outcome.Value.Aggregate(EventCounts.None, (sum, step) => sum + new EventCounts(step.Good, step.Total));
        preview = counted.HasData ? $"In this stretch count now {CorrectionWords.Events(counted)}: {PercentText.Attained(counted.Ratio, 2)} good." : "In this stretch nothing counts now.";
    }

    private async Task SaveAsync()
    {
        // A second click may come before the button is drawn as disabled.
        if (busy)
            return;
        busy = true;
        var replaces = kind == CorrectionKind.Replace;
        var outcome = await Propose.HandleAsync(
            new ProposeCorrection(
                Id, kind, Instant(from), Instant(to), reason, evidence, replaces || string.IsNullOrWhiteSpace(recurrence) ? null : recurrence, Zone.Id, replaces ? good : null, replaces ? total : null),
            await Current.GetAsync(), default);
        (trouble, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo($"{Routes.Sli(Id)}#corrections");
    }

    private DateTimeOffset Instant(DateTime? local) => local is { } given ? ReaderZone.Instant(given, Zone) : default;
}
