using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Incidents.Detection;

/// <summary>
/// When the burn behind an alert began, by the counts of its long window: the minute from which the failures beyond what the alert
/// tolerates add up to the most. This is the change point of a cumulative sum (E. S. Page, "Continuous inspection schemes",
/// Biometrika 41, 1954), so that a calm minute within the trouble, or a bad one long before it, does not move the start.
/// </summary>
public static class BurnStart
{
    /// <param name="minutes">Counts of the minutes of the long window, oldest first; minutes without data are left out.</param>
    /// <param name="factor">The burn rate above which the alert fires.</param>
    /// <returns>Never later than the alert's firing minus its short window, which burned throughout.</returns>
    public static DateTimeOffset Of(IReadOnlyList<CountBucket> minutes, DateTimeOffset firedAt, TimeSpan shortWindow, ObjectiveTarget target, double factor)
    {
        ArgumentNullException.ThrowIfNull(minutes);
        ArgumentNullException.ThrowIfNull(target);
        var tolerated = factor * (double)target.AllowedFailureShare;
        var start = firedAt - shortWindow;
        var (sum, most) = (0.0, 0.0);
        for (var i = minutes.Count - 1; i >= 0; i--)
        {
            var counts = minutes[i].Counts;
            sum += counts.Bad - tolerated * counts.Total;
            if (sum <= most)
                continue;
            most = sum;
            if (minutes[i].Start < start)
                start = minutes[i].Start;
        }
        return start;
    }
}
