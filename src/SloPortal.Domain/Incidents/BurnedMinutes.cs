using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents;

/// <summary>A stretch in which users felt an incident, or what was merged into it.</summary>
/// <param name="Incident">Number of the incident to which it counts.</param>
/// <param name="StartedAt">Of that incident; decides between two that hurt in the same minute.</param>
/// <param name="Impact">Any instants; the minutes in which it begins and ends are part of it.</param>
public sealed record FeltStretch(int Incident, DateTimeOffset StartedAt, Interval Impact);

/// <summary>Whole minutes of a window that one incident explains, or none.</summary>
/// <param name="Incident">Number; null where nothing explains them.</param>
public readonly record struct ExplainedStretch(int? Incident, Interval Minutes);

/// <summary>Divides a window among the incidents that explain its minutes (decision 0016).</summary>
public static class BurnedMinutes
{
    /// <summary>
    /// Each minute of the window goes to the incident that was felt in it; of several to the one that started first, and of those that
    /// started together to the one of the lower number.
    /// </summary>
    /// <param name="felt">Who felt what.</param>
    /// <param name="window">Begins and ends on whole minutes.</param>
    /// <param name="step">What is counted stands in the first minute of a slice of this length and is all of it: a slice in which one minute was felt goes whole. Null counts minutes.</param>
    /// <returns>The window in order, without gaps; neighbours differ. At most two stretches for each that is given, and one.</returns>
    public static IReadOnlyList<ExplainedStretch> Divide(IEnumerable<FeltStretch> felt, Interval window, TimeSpan? step = null)
    {
        var slice = step ?? TimeSpan.FromMinutes(1);
        var stretches = felt.Where(f => !f.Impact.IsEmpty).Select(f => f with { Impact = new Interval(MinuteClock.Floor(f.Impact.Start, slice), MinuteClock.Ceiling(f.Impact.End, slice)) })
            .Where(f => f.Impact.Overlaps(window)).OrderBy(f => f.StartedAt).ThenBy(f => f.Incident).ToList();
        DateTimeOffset[] bounds =
        [
            .. new SortedSet<DateTimeOffset>([window.Start, window.End, .. stretches.SelectMany(f => new[] { f.Impact.Start, f.Impact.End }).Where(window.Contains)]),
        ];
        var divided = new List<ExplainedStretch>();
        for (var i = 1; i < bounds.Length; i++)
        {
            var first = stretches.Find(f => f.Impact.Contains(bounds[i - 1]))?.Incident;
            if (divided.Count > 0 && divided[^1].Incident == first)
                divided[^1] = new(first, new Interval(divided[^1].Minutes.Start, bounds[i]));
            else
                divided.Add(new(first, new Interval(bounds[i - 1], bounds[i])));
        }
        return divided;
    }
}
