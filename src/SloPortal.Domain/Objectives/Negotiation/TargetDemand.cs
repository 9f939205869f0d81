using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Negotiation;

/// <summary>What failed in one past window, and by which of the things that are known to explain it.</summary>
/// <param name="Total">All events.</param>
/// <param name="Bad">All that failed.</param>
/// <param name="Explained">Failed events by the number of what explains them; together at most <paramref name="Bad"/>.</param>
public sealed record WindowBill(Interval Window, double Total, double Bad, IReadOnlyDictionary<int, double> Explained);

/// <summary>What would have had to go from the past for a target to hold in it.</summary>
/// <param name="Windows">Past windows with data, side by side.</param>
/// <param name="Missed">Of these, how many missed the target.</param>
/// <param name="ToGo">Failed events that were too many, over all windows.</param>
/// <param name="MinutesToGo">The same in minutes of full outage at the even traffic of each window.</param>
/// <param name="Parts">What would have had to go, by the number of what explains it, the most first.</param>
/// <param name="Unexplained">Of <paramref name="ToGo"/>, what nothing explains.</param>
public sealed record TargetDemand(
    ObjectiveTarget Target, int Windows, int Missed, double ToGo, double MinutesToGo, IReadOnlyList<(int Number, double Bad)> Parts, double Unexplained)
{
    /// <summary>
    /// In each window that missed the target, what failed goes in the order of its size until the window would have met it: the fewest
    /// things that make the difference, and of the last only as much as is needed.
    /// </summary>
    public static TargetDemand Of(ObjectiveTarget target, IReadOnlyList<WindowBill> windows)
    {
        var (seen, missed, toGo, minutes, unexplained) = (0, 0, 0d, 0d, 0d);
        var parts = new Dictionary<int, double>();
        foreach (var window in windows.Where(w => w.Total > 0))
        {
            seen++;
            // A hair of room, as the replay has it: 1 of 1,000 failed must meet 99.9 %.
            var left = window.Bad - target.AllowedFailures(window.Total);
            if (left <= window.Bad * 1e-12)
            {
                continue;
            }

            missed++;
            toGo += left;
            minutes += left / window.Total * window.Window.Minutes;
            foreach (var (number, bad) in window.Explained.OrderByDescending(e => e.Value).ThenBy(e => e.Key))
            {
                var goes = Math.Min(bad, left);
                if (goes <= 0)
                {
                    break;
                }

                parts[number] = parts.GetValueOrDefault(number) + goes;
                left -= goes;
            }

            unexplained += left;
        }

        return new(target, seen, missed, toGo, minutes, [.. parts.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => (p.Key, p.Value))], unexplained);
    }
}
