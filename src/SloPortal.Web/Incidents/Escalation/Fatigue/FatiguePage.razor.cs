using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Fatigue;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation.Fatigue;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation.Fatigue;

/// <summary>What pages do to people. Team and span stand in the address.</summary>
public sealed partial class FatiguePage
{
    private static readonly int[] Lengths = [7, FatigueReport.DefaultDays, 90, 365];

    private Refusal? refusal;

    [Inject] private ReadFatigue.Handler Read { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Team { get; set; }

    /// <summary>So long, up to now.</summary>
    [SupplyParameterFromQuery] private int? Days { get; set; }

    /// <summary>"2026-11-23T09:30Z"; without a zone UTC is meant. It wins over the days.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? To { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>What was read, and for what, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    public sealed record Reading(string Asked, FatigueReport Report);

    protected override IReadOnlyList<string> Topics { get; } = ["pages"];

    /// <summary>The figures of weeks do not change within seconds, and cost more than a list.</summary>
    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(30);

    private static IReadOnlyList<Crumb> Way => [new("Pages", Routes.Pages)];

    private string Asked => $"{Team}|{Days}|{From}|{To}";

    private bool IsNarrowed => Asked != "|||";

    private int Narrowing => new[] { Team, From, To }.Count(f => !string.IsNullOrWhiteSpace(f));

    private FatigueFigures Figures => Shown!.Report.Span.Figures;

    private FatigueFigures Before => Shown!.Report.Before.Figures;

    private string Sentence => Shown is null ? "How pages weigh on people." : FatigueWords.Sentence(Shown.Report.Span);

    private string Period =>
        $"{RelativeTime.Day(Shown!.Report.Span.From, Zone)} to {RelativeTime.Day(Shown.Report.Span.To, Zone)}, beside the {HumanDuration.Text(Shown.Report.Span.To - Shown.Report.Span.From)} before. Tests are left out.";

    private string WorthNote => Figures.Actionable is var worth && worth.Share is null
        ? $"{FatigueWords.Count(worth.Apart)} tell neither"
        : $"{FatigueWords.Count(worth.ActedOn)} of {FatigueWords.Count(worth.ActedOn + worth.NeededNobody)}; {FatigueWords.Count(worth.Apart)} tell neither";

    private IReadOnlyList<Segment> Spans =>
        [.. Lengths.Select(days => new Segment($"{days} d", Routes.FatigueOf(Team, days), From is null && To is null && (Days ?? FatigueReport.DefaultDays) == days))];

    private IEnumerable<(string Name, string Now, string Before)> ShiftRows
    {
        get
        {
            var (now, before) = (Shown!.Report.Span.Shifts, Shown.Report.Before.Shifts);
            yield return ("Median", Text(now.Median), Text(before.Median));
            yield return ("p90", Text(now.P90), Text(before.P90));
            yield return ("Most", Text(now.Most), Text(before.Most));
            yield return ("Quiet shifts", $"{FatigueWords.Count(now.Quiet)} of {FatigueWords.Count(now.Shifts)}", $"{FatigueWords.Count(before.Quiet)} of {FatigueWords.Count(before.Shifts)}");
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Asked != Asked)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Asked;
        var to = SliceAddress.Instant(To) ?? Now;
        var from = SliceAddress.Instant(From) ?? to.AddDays(-Math.Clamp(Days ?? FatigueReport.DefaultDays, 1, FatigueReport.MostDays));
        var outcome = await Read.HandleAsync(new ReadFatigue(Team, from, to), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (asked != Asked)
            return;
        refusal = outcome.Refusal;
        if (outcome.Succeeded)
            Shown = new Reading(asked, outcome.Value);
    }

    /// <summary>The list of the pages that a figure counts.</summary>
    private string Of(PageSlice slice) => SliceAddress.Of(Shown!.Report.Team, new FatigueSlice(Shown.Report.Span.From, Shown.Report.Span.To, slice));

    /// <summary>What was put into a field of the reader's clock, as the address has it.</summary>
    private string? Utc(ChangeEventArgs change) => DateTime.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, out var wall)
        ? ReaderZone.Instant(wall, Zone).ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture) : null;

    /// <summary>As the input wants it, in the reader's zone.</summary>
    private string? Local(string? text) => SliceAddress.Instant(text) is { } at ? ReaderZone.Wall(at, Zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) : null;

    private static string Text(int? pages) => pages is { } known ? FatigueWords.Count(known) : "none";
}
