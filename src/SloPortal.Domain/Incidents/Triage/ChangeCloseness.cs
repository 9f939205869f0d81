using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Triage;

/// <summary>A change near an incident.</summary>
/// <param name="Hops">0 on a service of the incident, 1 on what that needs, and so on.</param>
public sealed record NearChange(Guid Id, DateTimeOffset At, int Hops, bool IsProduction);

/// <summary>A change and how close it is.</summary>
/// <param name="Closeness">Above 0 to 1; 0 where it came too late to have begun it.</param>
/// <param name="Why">The reasons: "4 min before it began, on the service itself".</param>
public sealed record ClosestChange(NearChange Change, double Closeness, string Why);

/// <summary>
/// How close a change is to the beginning of an incident: it halves with every <see cref="HalfLife"/> between them, with every step in the graph of
/// dependencies, and twice where the change did not go to production. It says where to look first, not what the cause is. Product policy.
/// </summary>
public static class ChangeCloseness
{
    public static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(30);

    /// <summary>A beginning is known to some minutes only: a change that is no later than this may still have begun it.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>The closest first; those that came too late last.</summary>
    public static IReadOnlyList<ClosestChange> Rank(IEnumerable<NearChange> changes, DateTimeOffset began) =>
    [
        .. changes.Select(c => new ClosestChange(c, Of(c, began), WhyOf(c, began)))
            .OrderByDescending(c => c.Closeness).ThenBy(c => (began - c.Change.At).Duration()).ThenBy(c => c.Change.Hops).ThenBy(c => c.Change.Id),
    ];

    public static double Of(NearChange change, DateTimeOffset began)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.At > began + Slack ? 0 : Math.Pow(2, -((began - change.At).Duration() / HalfLife) - change.Hops - (change.IsProduction ? 0 : 2));
    }

    private static string WhyOf(NearChange change, DateTimeOffset began)
    {
        var gap = began - change.At;
        var when = gap == TimeSpan.Zero ? "when it began" : $"{HumanDuration.Text(gap.Duration())} {(gap > TimeSpan.Zero ? "before" : "after")} it began";
        var where = change.Hops switch { 0 => "on the service itself", 1 => "on what it needs", var hops => $"on what it needs, {hops} steps away" };
        return $"{when}, {where}{(change.IsProduction ? "" : ", not in production")}{(change.At > began + Slack ? "; too late to have begun it" : "")}";
    }
}
