using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Methods;

/// <summary>Which method suits the traffic, in a sentence. Product policy; the person decides.</summary>
public static class MethodAdvice
{
    /// <summary>A budget of fewer failures than this swings with single events.</summary>
    public const double FewFailures = 10;

    /// <summary>Where the quietest hours carry less than this share of the busiest, slices weigh a quiet minute far above a busy one.</summary>
    public const double Uneven = 0.2;

    /// <param name="minutes">The history.</param>
    /// <param name="window">The window in question.</param>
    /// <param name="target">The target in question.</param>
    public static string For(MinuteCounts minutes, SloWindow window, ObjectiveTarget target)
    {
        var days = Math.Max(minutes.Covered.Length.TotalDays, 1.0 / 24);
        var total = minutes.In(minutes.Covered).Total;
        var perWindow = total / days * window.PeriodAt(minutes.Covered.End).TotalDays;
        var allowed = target.AllowedFailures(perWindow);
        if (allowed < FewFailures)
        {
            return string.Create(CultureInfo.InvariantCulture, $"At this traffic the budget of a window is {Failures(allowed)}. Count slices of time, or take a longer window: a handful of events would decide.");
        }

        var hours = new double[24];
        for (var minute = 0; minute + 60 <= minutes.Minutes; minute += 60)
        {
            hours[minutes.Start.AddMinutes(minute).Hour] += minutes.In(minute, minute + 60).Total;
        }

        var quiet = hours.Max() > 0 ? hours.Min() / hours.Max() : 1;
        return quiet < Uneven
            ? string.Create(CultureInfo.InvariantCulture, $"The quietest hour of the day carries {quiet:0 %} of the traffic of the busiest. Count events: slices would weigh a failure at night as heavily as one at noon.")
            : string.Create(CultureInfo.InvariantCulture, $"Traffic is even and the budget of a window is {Failures(allowed)}. Count events where each matters to somebody, slices where people feel the minutes.");
    }

    private static string Failures(double allowed) => allowed < 1 ? "less than one failure" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(allowed):N0} failures");
}
