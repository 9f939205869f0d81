using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Detection.Watching;

/// <summary>What one look found, with all that it rests on.</summary>
/// <param name="Said">A sentence with the figures.</param>
/// <param name="Burn">Times as fast as the budget lasts; null for reports.</param>
/// <param name="From">The first moment that was looked at.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Limit">The p-value from which on it was found.</param>
public sealed record WatchFinding(string Said, CountJudged Judged, double? Burn, DateTimeOffset From, DateTimeOffset To, double Limit)
{
    /// <summary>A figure as the sentences have it: few digits where it is small.</summary>
    internal static string Figure(double value) => value.ToString(value < 10 ? "0.#" : "#,0", CultureInfo.InvariantCulture);

    internal static string Times(double burn) => burn.ToString("0.0", CultureInfo.InvariantCulture);

    internal static string Window(Interval window) => window.Length.TotalHours.ToString("0 'h'", CultureInfo.InvariantCulture);
}
