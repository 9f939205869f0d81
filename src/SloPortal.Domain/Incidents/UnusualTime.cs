using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents;

/// <summary>Times at which something rarely happens: they are asked about before they are taken, since most are slips of the hand.</summary>
public static class UnusualTime
{
    /// <summary>Clocks differ, and people type whole minutes.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    /// <summary>Product policy: what is older is seldom entered by hand.</summary>
    public static readonly TimeSpan LongAgo = TimeSpan.FromDays(30);

    /// <summary>How every question ends.</summary>
    public const string Or = "Correct it, or confirm that it is meant.";

    /// <param name="at">When something is said to have happened.</param>
    /// <param name="knownSince">Since when the portal knows the newest of the services in question; null where there is none.</param>
    /// <returns>What to ask; null where the time is nothing unusual.</returns>
    public static string? Question(DateTimeOffset at, DateTimeOffset now, DateTimeOffset? knownSince)
    {
        if (at > now + Ahead)
            return $"This lies {HumanDuration.Text(at - now)} in the future. {Or}";
        if (at < knownSince)
        {
            var since = knownSince.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            return $"This is before the service existed here, which is since {since} UTC. {Or}";
        }
        return now - at > LongAgo ? $"This is {HumanDuration.Text(now - at)} ago. {Or}" : null;
    }
}
