using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Segments;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Segments;

/// <summary>The segments of an SLI, those first that took the most of the budget. Window, objective and filter stand in the address.</summary>
public sealed partial class SegmentsPanel
{
    /// <summary>Of the parameters in the address.</summary>
    public const string WindowName = "segments";
    private const string ForName = "for";

    /// <summary>So many are seen at a glance and need no filter.</summary>
    private const int FewEnough = 8;

    private SegmentsTold? told;
    private (int, DateTimeOffset, string?, string?) toldFor;
    private bool changing;

    [Parameter, EditorRequired] public int SliId { get; set; }

    /// <summary>Moves with each reading of the page.</summary>
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }

    /// <summary>Whether the reader acts for the team that owns the service.</summary>
    [Parameter] public bool MayChange { get; set; }

    /// <summary>Whether nothing is shown of an SLI that is not split.</summary>
    [Parameter] public bool OnlyWhenSplit { get; set; }

    /// <summary>"checkout/availability": the objective whose page it stands on; its window is the usual one there.</summary>
    [Parameter] public string? Objective { get; set; }

    /// <summary>What the objective counts, where that is not every event of the SLI: "1-minute slices".</summary>
    [Parameter] public string? CountedBy { get; set; }

    [SupplyParameterFromQuery(Name = WindowName)] private string? Window { get; set; }
    [SupplyParameterFromQuery] private string? Find { get; set; }
    [SupplyParameterFromQuery] private string? For { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [Inject] private ListSegments.Handler List { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private int Decimals => told?.Objective?.TargetPercent.Scale ?? 2;

    private SegmentWindow Chosen => SegmentWindows.Read(Window ?? (Objective is null ? null : "objective")) ?? SegmentWindow.Day;

    private IReadOnlyList<Segment> Windows =>
    [
        .. SegmentWindows.All.Where(w => w.Window != SegmentWindow.Objective || told!.Objective is not null)
            .Select(w => new Segment(SegmentWords.Of(w.Window, told!), Navigation.GetUriWithQueryParameter(WindowName, w.Text) + "#segments", w.Window == Chosen)),
    ];

    private List<SegmentRow> Rows =>
        [.. told!.Segments.Where(s => string.IsNullOrWhiteSpace(Find) || SegmentWords.Name(s.Values, s.IsOther).Contains(Find.Trim(), StringComparison.OrdinalIgnoreCase))];

    protected override async Task OnParametersSetAsync()
    {
        var asked = (SliId, Now, Window, Objective ?? For);
        if (toldFor != asked)
            await ReadAsync(asked);
    }

    private async Task ReadAsync((int Sli, DateTimeOffset, string?, string? Objective) asked)
    {
        toldFor = asked;
        var text = SegmentWindows.All.Single(w => w.Window == Chosen).Text;
        var outcome = await List.HandleAsync(new ListSegments(asked.Sli, text, asked.Objective), await Current.GetAsync(), default);
        // An objective that ended meanwhile is no reason to show nothing.
        if (outcome.Refusal is not null)
            outcome = await List.HandleAsync(new ListSegments(asked.Sli), await Current.GetAsync(), default);
        if (toldFor == asked)
            told = outcome.Value;
    }

    private async Task SavedAsync()
    {
        changing = false;
        await ReadAsync((SliId, Now, Window, Objective ?? For));
    }
}
