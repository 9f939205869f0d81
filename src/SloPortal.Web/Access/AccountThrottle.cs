using System.Threading.RateLimiting;

namespace SloPortal.Web.Access;

/// <summary>
/// Limits attempts by account, whether it exists or not: many addresses that guess one account's password together get no further
/// than one of them.
/// </summary>
internal sealed class AccountThrottle : IDisposable
{
    public const string Refusal = "Too many attempts for this account. Wait a minute and try again.";

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(account =>
        RateLimitPartition.GetSlidingWindowLimiter(account, _ => RateLimitPolicies.PerMinute(10)));

    public bool Admits(string? account)
    {
        using var lease = limiter.AttemptAcquire((account ?? "").Trim().ToUpperInvariant());
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
