using System.Security.Cryptography;
using System.Text;
using OpenTelemetry.Metrics;
using SloPortal.Application.Common;

namespace SloPortal.Web.Common;

/// <summary>The portal's own metrics at <c>/metrics</c>, in the text that Prometheus scrapes.</summary>
internal static class PortalMetrics
{
    public const string Path = "/metrics";

    public static IServiceCollection AddPortalMetrics(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation()
            // The duration of every parameter and every difference of every component of a page: timing them costs as much as rendering.
            .AddView(instrument => instrument.Meter.Name == "Microsoft.AspNetCore.Components.Lifecycle" ? MetricStreamConfiguration.Drop : null)
            .AddRuntimeInstrumentation()
            .AddMeter("Npgsql", PassMetrics.Meter.Name)
            .AddPrometheusExporter());
        return services;
    }

    /// <summary>
    /// Before authentication, so that it answers while the database is away. Open to everybody unless <c>Metrics:Token</c> is
    /// set, which is then asked for as a bearer token.
    /// </summary>
    public static void UsePortalMetrics(this WebApplication app)
    {
        var token = app.Configuration["Metrics:Token"];
        app.UseWhen(context => context.Request.Path.Equals(Path, StringComparison.Ordinal), metrics => metrics
            .Use((context, next) => string.IsNullOrEmpty(token) || Carries(context.Request, token) ? next(context) : RefuseAsync(context))
            .UseOpenTelemetryPrometheusScrapingEndpoint(_ => true));
    }

    private static bool Carries(HttpRequest request, string token) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString())), SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + token)));

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(detail: "Send the token of Metrics:Token as \"Authorization: Bearer …\".", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }
}
