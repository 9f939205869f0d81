namespace SloPortal.Domain.Budgets;

/// <summary>How finely a stretch of history is drawn.</summary>
/// <param name="Step">Distance of two points, so chosen that there are at most <see cref="MostPoints"/>.</param>
/// <param name="BurnWindow">The window of the burn rate: 1 h up to 7 days, 6 h up to 90 days, 1 day above; never shorter than the step.</param>
public sealed record StoryResolution(TimeSpan Step, TimeSpan BurnWindow)
{
    public const int MostPoints = 720;

    private static readonly int[] StepMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

    /// <summary>The resolution for a range; beyond 720 days the steps are whole multiples of a day.</summary>
    /// <param name="range">What is drawn.</param>
    /// <param name="finest">Shorter than this, steps would have nothing in them: one slice where slices are counted.</param>
    public static StoryResolution For(TimeSpan range, TimeSpan finest)
    {
        var step = StepMinutes.Select(minutes => TimeSpan.FromMinutes(minutes)).FirstOrDefault(step => step >= finest && range / step <= MostPoints);
        if (step == TimeSpan.Zero)
        {
            step = TimeSpan.FromDays(Math.Ceiling(range.TotalDays / MostPoints));
        }

        var burn = range.TotalDays switch
        {
            <= 7 => TimeSpan.FromHours(1),
            <= 90 => TimeSpan.FromHours(6),
            _ => TimeSpan.FromDays(1),
        };
        return new(step, burn > step ? burn : step);
    }

    /// <summary>
    /// The instants at which the points stand: multiples of the step since the Unix epoch within
    /// (<paramref name="from"/>, <paramref name="to"/>], and <paramref name="to"/> itself. Fixed instants keep the picture
    /// still while the range moves, and let what was computed be kept.
    /// </summary>
    public IEnumerable<DateTimeOffset> StepEnds(DateTimeOffset from, DateTimeOffset to)
    {
        var sinceEpoch = from.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var first = from.ToUniversalTime().AddTicks(Step.Ticks - (sinceEpoch % Step.Ticks));
        for (var at = first; at < to; at += Step)
        {
            yield return at;
        }

        if (from < to)
        {
            yield return to.ToUniversalTime();
        }
    }
}
