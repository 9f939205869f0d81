using SloPortal.Application.Common;

namespace SloPortal.Web.Common;

/// <summary>For whoever restarts the program, and for whoever sends it traffic.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        // Asks nothing of the database: restarting the portal would not bring that back.
        app.MapGet("/health/live", () => TypedResults.Ok(new Health("alive", []))).AllowAnonymous()
            .WithTags("Health").WithName("Live").WithSummary("Whether the program runs");

        app.MapGet("/health/ready", async (PortalReadiness readiness, CancellationToken ct) =>
            {
                var findings = await readiness.CheckAsync(ct);
                var ready = findings.All(f => f.Problem is null);
                return TypedResults.Json(new Health(ready ? "ready" : "not ready", findings), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
            })
            .AllowAnonymous().Produces<Health>().Produces<Health>(StatusCodes.Status503ServiceUnavailable)
            .WithTags("Health").WithName("Ready").WithSummary("Whether the portal can do its work, and what is missing");
    }

    /// <param name="Status">"alive", "ready" or "not ready".</param>
    /// <param name="Findings">What was looked at.</param>
    internal sealed record Health(string Status, IReadOnlyList<ReadinessFinding> Findings);
}
