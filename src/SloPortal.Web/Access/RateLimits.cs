using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using SloPortal.Web.Common;

namespace SloPortal.Web.Access;

/// <summary>
/// Refuses what comes too often to an endpoint that names one of the <see cref="RateLimitPolicies"/>. The framework's own middleware
/// never ends its limiters, and their timer keeps a portal that has stopped in memory for as long as the process lives.
/// </summary>
internal sealed class RateLimits(IConfiguration configuration) : IDisposable
{
    private readonly Dictionary<string, PartitionedRateLimiter<HttpContext>> limiters = new(StringComparer.Ordinal)
    {
        [RateLimitPolicies.SignIn] = Limit(SenderOfForm, configuration.GetValue("RateLimits:SignInPerMinute", 20)),
        [RateLimitPolicies.Beacon] = Limit(BeaconOf, configuration.GetValue("RateLimits:BeaconPerMinute", 600)),
        [RateLimitPolicies.Subscribe] = Limit(SenderOfForm, configuration.GetValue("RateLimits:SubscribePerMinute", 10)),
        [RateLimitPolicies.Ingest] = Limit(SenderOf, configuration.GetValue("RateLimits:IngestPerMinute", 60_000)),
    };

    public async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is not { } policy)
        {
            await next(http);
            return;
        }
        using var lease = limiters[policy].AttemptAcquire(http);
        if (lease.IsAcquired)
            await next(http);
        else
            await RefuseAsync(http, lease);
    }

    public void Dispose()
    {
        foreach (var limiter in limiters.Values)
            limiter.Dispose();
    }

    /// <param name="senderOf">Who sends; null for what is not counted.</param>
    private static PartitionedRateLimiter<HttpContext> Limit(Func<HttpContext, string?> senderOf, int perMinute) =>
        PartitionedRateLimiter.Create<HttpContext, string>(http => senderOf(http) is { } sender
            ? RateLimitPartition.GetSlidingWindowLimiter(sender, _ => RateLimitPolicies.PerMinute(perMinute))
            : RateLimitPartition.GetNoLimiter(""));

    /// <summary>To look at a form is free, to send it is not.</summary>
    private static string? SenderOfForm(HttpContext http) => HttpMethods.IsPost(http.Request.Method) ? AddressOf(http) : null;

    private static string BeaconOf(HttpContext http) => $"{http.Request.RouteValues["key"]} {AddressOf(http)}";

    /// <summary>The token's hash, so that no secret stays in memory as a key; without one, the address.</summary>
    private static string SenderOf(HttpContext http) => http.Request.Headers.Authorization.ToString() is { Length: > 0 } header
        ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(header)))
        : AddressOf(http);

    private static string AddressOf(HttpContext http) => "from " + http.Connection.RemoteIpAddress;

    private static async Task RefuseAsync(HttpContext http, RateLimitLease lease)
    {
        // A sliding window tells no time, so the answer is its segment.
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
        var seconds = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = seconds;
        var sentence = $"Too many requests. Wait {seconds} s and try again.";
        if (ApiPaths.Own(http.Request.Path))
            await TypedResults.Problem(detail: sentence, statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
        else
            await http.Response.WriteAsync(sentence, http.RequestAborted);
    }
}
