using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using SloPortal.Web.Common;

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

    public static IServiceCollection AddPortalRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var signIns = configuration.GetValue("RateLimits:SignInPerMinute", 20);
        var ingests = configuration.GetValue("RateLimits:IngestPerMinute", 60_000);
        var beacons = configuration.GetValue("RateLimits:BeaconPerMinute", 600);
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, ct) => RefuseAsync(context.HttpContext, context.Lease, ct);
            // To look at a form is free, to send it is not.
            options.AddPolicy(SignIn, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetSlidingWindowLimiter("from " + http.Connection.RemoteIpAddress, _ => PerMinute(signIns))
                : RateLimitPartition.GetNoLimiter(""));
            options.AddPolicy(Beacon, http => RateLimitPartition.GetSlidingWindowLimiter($"{http.Request.RouteValues["key"]} from {http.Connection.RemoteIpAddress}", _ => PerMinute(beacons)));
            options.AddPolicy(Ingest, http => RateLimitPartition.GetSlidingWindowLimiter(SenderOf(http), _ => PerMinute(ingests)));
        });
    }

    internal static SlidingWindowRateLimiterOptions PerMinute(int permits) =>
        new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0, AutoReplenishment = true };

    /// <summary>The token's hash, so that no secret stays in memory as a key; without one, the address.</summary>
    private static string SenderOf(HttpContext http) => http.Request.Headers.Authorization.ToString() is { Length: > 0 } header
        ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(header)))
        : "from " + http.Connection.RemoteIpAddress;

    private static async ValueTask RefuseAsync(HttpContext http, RateLimitLease lease, CancellationToken ct)
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
            await http.Response.WriteAsync(sentence, ct);
    }
}
