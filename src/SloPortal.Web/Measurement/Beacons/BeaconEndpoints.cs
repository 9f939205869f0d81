using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Beacons;
using SloPortal.Domain.Measurement.Beacons;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Beacons;

internal static class BeaconEndpoints
{
    private const int MostBytes = 1024;

    /// <summary>How long browsers keep the script.</summary>
    private const string Kept = "public, max-age=300";

    public static void MapBeacons(this RouteGroupBuilder measurement)
    {
        var sources = measurement.MapGroup("/sources");
        sources.MapPost("/beacons", async (CreateBeacon request, CreateBeacon.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/sources/{id}"))
            .WithName("CreateBeacon").WithSummary("Adds a beacon for the browsers of an application, with its two SLIs");

        sources.MapGet("/{id:int}/beacon", async (int id, GetBeacon.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetBeacon(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetBeacon").WithSummary("One beacon: how it is set, and what browsers reported by page group in the last 24 hours");

        sources.MapPut("/{id:int}/beacon", async (int id, BeaconBody body, UpdateBeacon.Handler update, CurrentActor current, CancellationToken ct) =>
                (await update.HandleAsync(new UpdateBeacon(id, body.Name, body.Origins, body.SampleRate, body.Groups), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UpdateBeacon").WithSummary("Changes a beacon; its limit of a fast load never changes");
    }

    /// <summary>What browsers of other sites ask for, without a session and outside the HTTP API.</summary>
    public static void MapBrowserReports(this IEndpointRouteBuilder app)
    {
        var reports = app.MapGroup("/beacon").ExcludeFromDescription();
        reports.MapGet("/{key}.js", (string key, BeaconListener listener, HttpResponse response) =>
        {
            if (listener.Find(key) is not { } beacon)
                return Results.NotFound();
            response.Headers.CacheControl = Kept;
            // Also for sites that isolate themselves from others.
            response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            return Results.Text(BeaconScript.Of(beacon), "text/javascript");
        });
        reports.MapPost("/{key}", async (string key, BeaconListener listener, HttpContext http, CancellationToken ct) =>
        {
            var origin = http.Request.Headers.Origin.ToString();
            var answer = listener.Take(key, origin, await ReadAsync(http.Request, ct));
            if (answer is BeaconAnswer.UnknownKey or BeaconAnswer.WrongOrigin)
                return Results.StatusCode(answer == BeaconAnswer.UnknownKey ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden);
            // Browsers send a beacon with credentials, of which nothing is read here.
            http.Response.Headers.AccessControlAllowOrigin = origin;
            http.Response.Headers.AccessControlAllowCredentials = "true";
            http.Response.Headers.Vary = "Origin";
            return answer == BeaconAnswer.Taken ? Results.NoContent() : Results.BadRequest();
        }).RequireRateLimiting(RateLimitPolicies.Beacon);
    }

    /// <summary>Null for what is too long or no report.</summary>
    private static async Task<BeaconView?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength is > MostBytes)
            return null;
        var buffer = new byte[MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (length > MostBytes)
            return null;
        try
        {
            return JsonSerializer.Deserialize<BeaconView>(buffer.AsSpan(0, length), PortalJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record BeaconBody(string Name, IReadOnlyList<string> Origins, double SampleRate, IReadOnlyList<PageGroup>? Groups = null);
}
