using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Fatigue;

internal static class FatigueSpan
{
    /// <summary>The span that is meant: up to now without an end, and <see cref="FatigueReport.DefaultDays"/> long without a beginning.</summary>
    public static Outcome<Interval> Of(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var end = to is { } asked && asked < now ? asked : now;
        // The database keeps microseconds; a longer instant would be another one there.
        end = new DateTimeOffset(end.UtcTicks - (end.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        if (end < DateTimeOffset.MinValue.AddDays(3 * FatigueReport.MostDays))
            return Refusal.Invalid("To", "There is nothing that long ago.");
        var start = from ?? end.AddDays(-FatigueReport.DefaultDays);
        if (start >= end)
            return Refusal.Invalid("From", "The span begins after its end, or has not begun. Choose an earlier beginning.");
        if (end - start > TimeSpan.FromDays(FatigueReport.MostDays))
            return Refusal.Invalid("From", $"A span has at most {FatigueReport.MostDays} days.");
        return new Interval(start, end);
    }
}
