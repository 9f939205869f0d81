using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Corrections;

namespace SloPortal.Application.Measurement.Corrections;

/// <summary>The stretches that a correction covers.</summary>
internal static class CorrectionSpans
{
    public const int Most = 400;

    /// <summary>A rule that finds no day in so many steps, such as 31 February, finds none.</summary>
    private static readonly EvaluationOptions limits = new() { MaxUnmatchedIncrementsLimit = 1000 };

    /// <summary>In order; by the wall clock of the time zone, so that maintenance at two stays at two when the clocks change.</summary>
    /// <param name="first">On minute boundaries.</param>
    /// <param name="recurrence">An RRULE of RFC 5545 that ends; null for the one stretch.</param>
    /// <param name="timeZone">IANA id.</param>
    public static Outcome<Interval[]> Of(Interval first, string? recurrence, string timeZone)
    {
        if (recurrence is null)
            return new[] { first };
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
            return Refusal.Invalid(nameof(Correction.TimeZone), "That time zone is not known; give one such as Europe/Berlin.");
        try
        {
            var rule = new RecurrenceRule(recurrence);
            if (rule.Frequency is Ical.Net.FrequencyType.Secondly or Ical.Net.FrequencyType.Minutely or Ical.Net.FrequencyType.Hourly)
                return Refusal.Invalid(nameof(Correction.Recurrence), "A correction repeats daily at the most.");
            if (rule.Count is null && rule.Until is null)
                return Refusal.Invalid(nameof(Correction.Recurrence), "Say when it ends, by COUNT or UNTIL: what lasts for ever is agreed as another objective.");
            var local = TimeZoneInfo.ConvertTime(first.Start, zone).DateTime;
            var spans = new CalendarEvent { DtStart = new CalDateTime(local, zone.Id), RecurrenceRule = rule }
                .GetOccurrences(options: limits).Take(Most + 1)
                .Select(o => new DateTimeOffset(o.Period.StartTime.AsUtc, TimeSpan.Zero)).Select(start => new Interval(start, start + first.Length)).ToArray();
            return spans switch
            {
                [] => Refusal.Invalid(nameof(Correction.Recurrence), "By this rule it never happens."),
                { Length: > Most } => Refusal.Invalid(nameof(Correction.Recurrence), $"That are more than {Most} stretches; let it end earlier."),
                _ when spans[0].Start != first.Start => Refusal.Invalid(nameof(Correction.Recurrence), "The first stretch does not follow the rule; begin on a day that does."),
                _ when spans.Zip(spans.Skip(1)).Any(p => p.First.Overlaps(p.Second)) => Refusal.Invalid(nameof(Correction.Recurrence), "A stretch lasts longer than it takes to the next one."),
                _ => spans,
            };
        }
        catch (Exception e) when (e is ArgumentException or ArithmeticException or FormatException or InvalidOperationException or IndexOutOfRangeException or EvaluationException)
        {
            return Refusal.Invalid(nameof(Correction.Recurrence), "That is no rule of RFC 5545 that could be followed; one is FREQ=WEEKLY;BYDAY=SU;UNTIL=20270101T000000Z.");
        }
    }
}
