using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets;

/// <summary>The stretches of time over which a story is told.</summary>
public static class StorySpan
{
    public const string Usual = "30d";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>The ranges on offer, with the length of each.</summary>
    public static IReadOnlyList<(string Name, TimeSpan Length)> Offered { get; } =
    [
        ("1h", TimeSpan.FromHours(1)), ("1d", TimeSpan.FromDays(1)), ("7d", TimeSpan.FromDays(7)),
        ("30d", TimeSpan.FromDays(30)), ("90d", TimeSpan.FromDays(90)), ("1y", TimeSpan.FromDays(365)),
    ];

    /// <summary>
    /// A named range that ends with the last whole minute, or the stretch between two instants, cut to whole minutes and to what has
    /// happened.
    /// </summary>
    public static Outcome<Interval> Read(string? range, DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        var end = MinuteClock.Floor(now);
        if (from is null && to is null)
        {
            var offered = Offered.FirstOrDefault(o => o.Name == (range ?? Usual));
            return offered.Name is null
                ? Refusal.Invalid(nameof(range), "Choose a range of 1h, 1d, 7d, 30d, 90d or 1y, or give from and to.")
                : Interval.EndingAt(end, offered.Length);
        }

        if (from is not { } start || to is not { } until)
            return Refusal.Invalid(nameof(from), "Give both from and to.");
        var (first, last) = (MinuteClock.Floor(start), MinuteClock.Ceiling(until));
        if (last > end)
            last = end;
        if (first >= last)
            return Refusal.Invalid(nameof(from), "The range must begin before it ends, and not in the future.");
        if (last - first < Shortest)
            first = last - Shortest;
        return last - first > Longest
            ? Refusal.Invalid(nameof(from), "A story covers at most 400 days.")
            : new Interval(first, last);
    }
}
