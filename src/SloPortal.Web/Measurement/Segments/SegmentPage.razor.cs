using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Segments;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Segments;

/// <summary>What one segment counted, hour by hour and minute by minute: the evidence of its figures. Time and hour stand in the address.</summary>
public sealed partial class SegmentPage
{
    private static readonly int[] Offered = [1, 7, 30];

    private Refusal? refusal;
    private string? shownFor;

    [Inject] private GetSegment.Handler Get { get; set; } = default!;
    [Inject] private GetSliCounts.Handler Counts { get; set; } = default!;

    [Parameter] public int Id { get; set; }
    [Parameter] public int SegmentId { get; set; }

    [SupplyParameterFromQuery(Name = "days")] private int? AskedDays { get; set; }

    /// <summary>Seconds since 1970.</summary>
    [SupplyParameterFromQuery] private long? Hour { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private SegmentDetails? Shown { get; set; }

    private IReadOnlyList<SliStep> Hours { get; set; } = [];

    private IReadOnlyList<SliStep> Minutes { get; set; } = [];

    private int Days => AskedDays is { } days && Offered.Contains(days) ? days : Offered[0];

    private DateTimeOffset? HourStart => Hour is >= 0 and < 253_402_300_800 ? MinuteClock.Floor(DateTimeOffset.FromUnixTimeSeconds(Hour.Value), TimeSpan.FromHours(1)) : null;

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(Shown!.ServiceName, Routes.Service(Shown.Service)), new(Shown.SliName, Routes.Sli(Id) + "#segments")];

    private IReadOnlyList<Segment> Spans => [.. Offered.Select(days => new Segment($"{days} d", Routes.Segment(Id, SegmentId, days), days == Days))];

    private string DataAddress => $"/api/v1{Routes.Segment(Id, SegmentId)}/counts?from={Uri.EscapeDataString(RelativeTime.Machine(Now.AddDays(-Days)))}";

    private string Standing
    {
        get
        {
            var what = Shown!.IsOther
                ? $"All values of {string.Join(" and ", Shown.Labels)} beyond the {SegmentWords.Number(Shown.Cap)} of {Shown.SliName} that are counted apart"
                : $"The part of {Shown.SliName} with {string.Join(" and ", Shown.Labels.Zip(Shown.Values, (label, value) => $"{label} {SliSegmentText(value)}"))}";
            return $"{what}, counted apart since {RelativeTime.Moment(Shown.Since, Zone)}{(Shown.EndedAt is { } end ? $" and until {RelativeTime.Moment(end, Zone)}" : "")}.";
        }
    }

    protected override TimeSpan? AtLeastEvery { get; } = TimeSpan.FromMinutes(1);

    protected override async Task OnParametersSetAsync()
    {
        if (shownFor != Asked)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Asked;
        var found = await Get.HandleAsync(new GetSegment(Id, SegmentId), actor, Left);
        var hours = await Counts.HandleAsync(new GetSliCounts(Id, Now.AddDays(-Days), Now, 60, SegmentId), actor, Left);
        var minutes = HourStart is { } hour ? (await Counts.HandleAsync(new GetSliCounts(Id, hour, hour.AddHours(1), 1, SegmentId), actor, Left)).Value : null;
        if (asked != Asked)
            return;
        (Shown, refusal, shownFor) = (found.Value, found.Refusal, asked);
        (Hours, Minutes) = ([.. (hours.Value ?? []).Reverse()], minutes ?? []);
    }

    private string Asked => $"{Id}/{SegmentId}/{Days}/{Hour}";

    private string Told(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);

    private static string SliSegmentText(string value) => Domain.Measurement.Segments.SliSegment.Shown(value);

    private static MarkupString Figures(SliStep step)
    {
        var counts = new EventCounts(step.Good, step.Total);
        return new(string.Concat(Cell.Figure("Good", PercentText.Attained(counts.Ratio, 2)), Cell.Figure("Failed", SegmentWords.Count(counts.Bad)), Cell.Figure("Events", SegmentWords.Count(counts.Total))));
    }
}
