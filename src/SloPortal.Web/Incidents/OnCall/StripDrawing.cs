using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Incidents.OnCall;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.OnCall;

/// <summary>A row of a schedule as a picture, in percent of its width; the table below says the same in words.</summary>
internal static class StripDrawing
{
    public static MarkupString Row(ScheduleStrip strip, IReadOnlyList<ShiftRow> shifts, IReadOnlyList<GapRow> gaps, Guid? me, TimeZoneInfo zone, DateTimeOffset now)
    {
        var drawn = Begin(strip, zone);
        foreach (var gap in gaps)
            drawn.Append(CultureInfo.InvariantCulture, $"<svg class=\"strip-gap\" {Place(strip, gap.From, gap.To)}><title>{Text($"Nobody, {OnCallWords.Gap(gap, zone)}")}</title><rect width=\"100%\" height=\"28\" fill=\"url(#strip-hatch)\" /></svg>");
        foreach (var shift in shifts)
        {
            var kind = shift.By switch { OnCallBy.Override => "override", OnCallBy.Swap => "swap", _ => "layer" };
            var mine = shift.PersonId == me ? " is-mine" : "";
            drawn.Append(CultureInfo.InvariantCulture, $"<svg class=\"strip-shift is-{kind}{mine}\" {Place(strip, shift.From, shift.To)}><title>{Text($"{shift.Person}, {OnCallWords.Stretch(shift.From, shift.To, zone)}")}</title><rect width=\"100%\" height=\"28\" /><text x=\"5\" y=\"18\">{Text(shift.Person)}</text></svg>");
        }
        if (now > strip.From && now < strip.To)
            drawn.Append(CultureInfo.InvariantCulture, $"<line class=\"strip-now\" x1=\"{Percent(strip, now)}\" x2=\"{Percent(strip, now)}\" y1=\"0\" y2=\"28\" />");
        return new MarkupString(drawn.Append("</svg>").ToString());
    }

    /// <summary>The days above the rows, each at its midnight by the reader's clock.</summary>
    public static MarkupString Axis(ScheduleStrip strip, TimeZoneInfo zone)
    {
        var drawn = new StringBuilder("<svg class=\"strip-axis\" width=\"100%\" height=\"20\" focusable=\"false\" aria-hidden=\"true\">");
        var number = 0;
        foreach (var (day, at) in Midnights(strip, zone))
            drawn.Append(CultureInfo.InvariantCulture, $"<text class=\"{(number++ % 2 == 0 ? "" : "strip-odd")}\" x=\"{Percent(strip, at)}\" y=\"14\">{day.ToString("ddd d", CultureInfo.InvariantCulture)}</text>");
        return new MarkupString(drawn.Append("</svg>").ToString());
    }

    private static StringBuilder Begin(ScheduleStrip strip, TimeZoneInfo zone)
    {
        var drawn = new StringBuilder("<svg class=\"strip-row\" width=\"100%\" height=\"28\" focusable=\"false\" aria-hidden=\"true\">");
        foreach (var (day, at) in Midnights(strip, zone))
            drawn.Append(CultureInfo.InvariantCulture, $"<line class=\"strip-day{(day.DayOfWeek == DayOfWeek.Monday ? " is-monday" : "")}\" x1=\"{Percent(strip, at)}\" x2=\"{Percent(strip, at)}\" y1=\"0\" y2=\"28\" />");
        return drawn;
    }

    private static IEnumerable<(DateTime Day, DateTimeOffset At)> Midnights(ScheduleStrip strip, TimeZoneInfo zone)
    {
        for (var day = TimeZoneInfo.ConvertTime(strip.From, zone).Date; ReaderZone.Instant(day, zone) < strip.To; day = day.AddDays(1))
        {
            if (ReaderZone.Instant(day, zone) is var at && at >= strip.From)
                yield return (day, at);
        }
    }

    private static string Place(ScheduleStrip strip, DateTimeOffset from, DateTimeOffset to) =>
        $"x=\"{Percent(strip, from)}\" width=\"{Part(strip, to - from)}\" height=\"28\"";

    private static string Percent(ScheduleStrip strip, DateTimeOffset at) => Part(strip, at - strip.From);

    private static string Part(ScheduleStrip strip, TimeSpan length) => (100 * (length / (strip.To - strip.From))).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
