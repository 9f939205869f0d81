using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives;

/// <summary>
/// A week, month or quarter of the civil calendar in a time zone. The period starts at local midnight. At its first
/// instant the window is empty, since nothing of the new period has been seen.
/// </summary>
public sealed record CalendarWindow : SloWindow
{
    private readonly TimeZoneInfo zone;

    /// <exception cref="ArgumentException">See <see cref="RefusalFor"/>.</exception>
    public CalendarWindow(CalendarPeriod period, string timeZone)
    {
        if (RefusalFor(timeZone) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(timeZone));
        }

        Period = period;
        TimeZone = timeZone;
        zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
    }

    public CalendarPeriod Period { get; }

    /// <summary>IANA id, such as Europe/Berlin.</summary>
    public string TimeZone { get; }

    public override int LongestDays => Period switch { CalendarPeriod.Week => 7, CalendarPeriod.Month => 31, _ => 92 };

    public override string Phrase => $"calendar {Name(Period)}, {TimeZone}";

    /// <summary>Says in a sentence why a text is not a time zone; null when it is.</summary>
    public static string? RefusalFor(string? timeZone) => LocalMidnight.IsIanaZone(timeZone)
        ? null
        : $"“{timeZone}” is not a time zone. Use an IANA name, for example Europe/Berlin or UTC.";

    public override Interval At(DateTimeOffset t) => new(FullPeriodAt(t).Start, t);

    public override Interval FullPeriodAt(DateTimeOffset t)
    {
        var first = FirstDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(t, zone).DateTime));
        return new Interval(LocalMidnight.Of(first, zone), LocalMidnight.Of(Next(first), zone));
    }

    /// <summary>From local midnight of the first day to that after the last; where there is no last, to the end of the year 9000.</summary>
    public Interval Days(DateOnly first, DateOnly? last) => new(LocalMidnight.Of(first, zone), LocalMidnight.Of((last ?? new DateOnly(9000, 12, 31)).AddDays(1), zone));

    public bool Equals(CalendarWindow? other) =>
        other is not null && Period == other.Period && TimeZone == other.TimeZone;

    public override int GetHashCode() => HashCode.Combine(Period, TimeZone);

    /// <summary>"calendar month Europe/Berlin".</summary>
    public override string ToString() => $"calendar {Name(Period)} {TimeZone}";

    internal static string Name(CalendarPeriod period) => period switch
    {
        CalendarPeriod.Week => "week",
        CalendarPeriod.Month => "month",
        CalendarPeriod.Quarter => "quarter",
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, null),
    };

    private DateOnly FirstDay(DateOnly day) => Period switch
    {
        CalendarPeriod.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        CalendarPeriod.Month => new DateOnly(day.Year, day.Month, 1),
        CalendarPeriod.Quarter => new DateOnly(day.Year, day.Month - ((day.Month - 1) % 3), 1),
        _ => throw new InvalidOperationException($"Unknown calendar period {Period}."),
    };

    private DateOnly Next(DateOnly first) => Period switch
    {
        CalendarPeriod.Week => first.AddDays(7),
        CalendarPeriod.Month => first.AddMonths(1),
        CalendarPeriod.Quarter => first.AddMonths(3),
        _ => throw new InvalidOperationException($"Unknown calendar period {Period}."),
    };
}
