using System.Threading.RateLimiting;

namespace SloPortal.Web.Access;

/// <summary>How often something may be asked for. Limits are counted by each portal for itself.</summary>
internal static class RateLimitPolicies
{
    /// <summary>Sign-in, set-up and invitation forms, by address: <c>RateLimits:SignInPerMinute</c>, 20 unless set.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Everything that stores samples, by token: <c>RateLimits:IngestPerMinute</c>, 60,000 unless set.</summary>
    public const string Ingest = "ingest";

    /// <summary>Reports of browsers, by beacon and address, which is kept in memory only: <c>RateLimits:BeaconPerMinute</c>, 600 unless set.</summary>
    public const string Beacon = "beacon";

    /// <summary>The forms by which people subscribe to a status page, by address: <c>RateLimits:SubscribePerMinute</c>, 10 unless set.</summary>
    public const string Subscribe = "subscribe";

    internal static SlidingWindowRateLimiterOptions PerMinute(int permits) =>
        new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0, AutoReplenishment = true };
}
