using System.Threading.RateLimiting;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>Limits by address how often a key is shown that no source has. Who has a key is never counted, whoever shares their address.</summary>
internal sealed class UnknownKeyThrottle : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => RateLimitPolicies.PerMinute(60)));

    /// <summary>Counts an unknown key, and says whether the address may show another.</summary>
    public bool Admits(HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
