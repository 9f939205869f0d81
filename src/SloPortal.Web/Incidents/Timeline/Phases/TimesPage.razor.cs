using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Timeline.Phases;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline.Phases;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Timeline.Phases;

/// <summary>How long it took to detect, acknowledge, mitigate and resolve incidents. Which time and which span stand in the address.</summary>
public sealed partial class TimesPage
{
    private const int MostRows = 200;
    private static readonly int[] Days = [30, ReadIncidentTimes.UsualDays, 365];
    private static readonly PhaseSpan[] All = Enum.GetValues<PhaseSpan>();
    private static readonly IReadOnlyList<Crumb> Way = [new("Incidents", Routes.Incidents)];

    private Refusal? refusal;

    [Inject] private ReadIncidentTimes.Handler Read { get; set; } = default!;

    /// <summary>A word of <see cref="PhaseSpan"/>.</summary>
    [SupplyParameterFromQuery] private string? Time { get; set; }

    /// <summary>So many, up to now.</summary>
    [SupplyParameterFromQuery(Name = "days")] private int? Back { get; set; }

    /// <summary>A day of the reader's calendar; from and to win over the days.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }

    /// <summary>The last day.</summary>
    [SupplyParameterFromQuery] private string? To { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>What was read, and for what, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    public sealed record Reading(string Asked, IncidentTimes Times);

    protected override IReadOnlyList<string> Topics { get; } = ["incidents"];

    /// <summary>The figures of months do not change within seconds.</summary>
    protected override TimeSpan AtMostEvery => TimeSpan.FromSeconds(10);

    private PhaseSpan Chosen => EnumWord<PhaseSpan>.TryParse(Time, out var word) ? word.Value : PhaseSpan.Mitigate;

    private string Asked => $"{Back}|{From}|{To}";

    private bool IsNamed => DayOf(From) is not null || DayOf(To) is not null;

    private IReadOnlyList<SeveritySpread> Rows => [.. Shown!.Times.Spreads.Where(s => s.Span == Chosen && s.Spread.Count + s.Unknown > 0)];

    private int Known => Rows.Sum(r => r.Spread.Count);

    private IEnumerable<IncidentTimesRow> Longest => Shown!.Times.Incidents.OrderByDescending(i => i.Seconds(Chosen) ?? -1).ThenByDescending(i => i.Number).Take(MostRows);

    private string Sentence => Shown switch
    {
        null => "Reading the incidents.",
        { Times.Incidents.Count: 0 } => "No incident began in this time.",
        { Times.Incidents.Count: var count } when Known == 0 => $"{Incidents(count)}; the time {PhaseText.To(Chosen)} is known of none.",
        { Times.Incidents.Count: var count } => $"{Incidents(count)}; half of those of which it is known took {PhaseText.Length(Overall.MedianSeconds)} or less {PhaseText.To(Chosen)}, the longest {PhaseText.Length(Overall.MaxSeconds)}.",
    };

    private PhaseSpread Overall => PhaseSpread.Of(Shown!.Times.Incidents.Select(i => i.Seconds(Chosen)).OfType<double>());

    private string Period => Shown is null ? "" : $"{RelativeTime.Day(Shown.Times.From, Zone)} to {RelativeTime.Day(Shown.Times.To.AddTicks(-1), Zone)}.";

    private IReadOnlyList<Segment> Spans => [.. All.Select(s => new Segment(PhaseText.Column(s), Address(s, Back, From, To), s == Chosen))];

    private IReadOnlyList<Segment> Lengths => [.. Days.Select(d => new Segment($"{d} d", Address(Chosen, d, null, null), !IsNamed && (Back ?? ReadIncidentTimes.UsualDays) == d))];

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Asked != Asked)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Asked;
        var to = DayOf(To)?.AddDays(1);
        var from = DayOf(From) ?? (to ?? Now).AddDays(-Math.Clamp(Back ?? ReadIncidentTimes.UsualDays, 1, ReadIncidentTimes.MostDays));
        var outcome = await Read.HandleAsync(new ReadIncidentTimes(from, to), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (asked != Asked)
            return;
        refusal = outcome.Refusal;
        Shown = outcome.Succeeded ? new Reading(asked, outcome.Value) : null;
    }

    private static string Incidents(int count) => count == 1 ? "One incident" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} incidents";

    private static string Word(PhaseSpan span) => span.ToString().ToLowerInvariant();

    private static string Address(PhaseSpan span, int? days, string? from, string? to)
    {
        var query = string.Join('&', new[]
        {
            span == PhaseSpan.Mitigate ? null : $"time={Word(span)}",
            days is null or ReadIncidentTimes.UsualDays ? null : $"days={days.Value.ToString(CultureInfo.InvariantCulture)}",
            string.IsNullOrEmpty(from) ? null : $"from={Uri.EscapeDataString(from)}",
            string.IsNullOrEmpty(to) ? null : $"to={Uri.EscapeDataString(to)}",
        }.OfType<string>());
        return query.Length == 0 ? Routes.IncidentTimes : $"{Routes.IncidentTimes}?{query}";
    }

    // A day of the reader's calendar; near the ends of the calendar there is no further day.
    private DateTimeOffset? DayOf(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 9000 ? ReaderZone.Instant(day, Zone) : null;
}
