using SloPortal.Domain.Budgets.Tuning;

namespace SloPortal.Domain.Incidents.Escalation.Fatigue;

/// <summary>A time at which people rest, by their own clock.</summary>
public enum RestTime
{
    /// <summary>See <see cref="NightHours"/>.</summary>
    Night,
    /// <summary>Saturday and Sunday; a night of a weekend is both.</summary>
    Weekend,
}

/// <summary>When a call met somebody, by their own clock.</summary>
public readonly record struct LocalCall(DateTime Wall)
{
    /// <summary>A call within this time of the one before belongs to the same waking. Product policy.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    public bool IsAtNight => Wall.Hour is >= NightHours.From or < NightHours.To;

    public bool IsAtWeekend => Wall.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>The night is named by the day on whose evening it begins.</summary>
    public DateOnly Night => DateOnly.FromDateTime(Wall.Hour < NightHours.To ? Wall.AddDays(-1) : Wall);

    /// <param name="zone">That of the person.</param>
    public static LocalCall Of(DateTimeOffset at, TimeZoneInfo zone) => new(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    public bool Is(RestTime time) => time switch
    {
        RestTime.Night => IsAtNight,
        RestTime.Weekend => IsAtWeekend,
        _ => throw new ArgumentOutOfRangeException(nameof(time), time, null),
    };
}

/// <summary>The nights of one person.</summary>
/// <param name="Calls">At night.</param>
/// <param name="Nights">With at least one call.</param>
/// <param name="WokenAgain">Nights in which they were called again more than <see cref="LocalCall.Rest"/> after the call before, when they may have slept.</param>
public readonly record struct BrokenNights(int Calls, int Nights, int WokenAgain)
{
    /// <param name="calls">All calls of the person, with the instant and the clock on their wall; the instant orders them, since clocks are set back.</param>
    public static BrokenNights Of(IEnumerable<(DateTimeOffset At, LocalCall Call)> calls)
    {
        var (count, nights, again) = (0, 0, 0);
        (DateOnly Night, DateTimeOffset At)? last = null;
        DateOnly? counted = null;
        foreach (var (at, call) in calls.Where(c => c.Call.IsAtNight).OrderBy(c => c.At))
        {
            count++;
            if (last?.Night != call.Night)
                nights++;
            else if (at - last.Value.At > LocalCall.Rest && counted != call.Night)
                (again, counted) = (again + 1, call.Night);
            last = (call.Night, at);
        }
        return new(count, nights, again);
    }
}
