using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Verdicts;

/// <summary>What a window does not know of.</summary>
/// <param name="Minutes">Without data, in stretches of at least <see cref="LeastGap"/>: a minute in which nobody came is no gap.</param>
/// <param name="Events">That these would have brought, by what is usual at the same hour of the week.</param>
public sealed record MissingData(int Minutes, double Events)
{
    /// <summary>Product policy.</summary>
    public const int LeastGap = 5;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static MissingData None { get; } = new(0, 0);

    /// <param name="window">What was counted in each minute.</param>
    /// <param name="hours">What was counted in each hour of the weeks around it; hours without data may be left out.</param>
    /// <param name="leftOut">Stretches that a correction leaves out: what is not there is not missing.</param>
    public static MissingData Of(MinuteCounts window, IReadOnlyList<CountBucket> hours, IReadOnlyList<Interval>? leftOut = null)
    {
        var known = hours.Where(h => h.Counts.HasData).ToDictionary(h => h.Start, h => h.Counts.Total);
        var mean = known.Count > 0 ? known.Values.Average() : 0;
        var (minutes, events, run) = (0, 0d, 0);
        for (var minute = 0; minute <= window.Minutes; minute++)
        {
            if (minute < window.Minutes && !window.In(minute, minute + 1).HasData && leftOut?.Any(l => l.Contains(window.Start.AddMinutes(minute))) != true)
            {
                run++;
                continue;
            }

            for (var missing = minute - run; run >= LeastGap && missing < minute; missing++)
            {
                minutes++;
                events += UsualAt(MinuteClock.Floor(window.Start.AddMinutes(missing), TimeSpan.FromHours(1)), known, mean) / 60;
            }

            run = 0;
        }

        return new(minutes, events);
    }

    /// <summary>Events of an hour: the mean of the same hour in the four weeks before and after, else of all that is known.</summary>
    private static double UsualAt(DateTimeOffset hour, Dictionary<DateTimeOffset, double> known, double mean)
    {
        var (sum, count) = (0d, 0);
        for (var weeks = -4; weeks <= 4; weeks++)
        {
            if (weeks == 0 || !known.TryGetValue(hour + weeks * Week, out var total))
                continue;
            sum += total;
            count++;
        }

        return count > 0 ? sum / count : mean;
    }
}
