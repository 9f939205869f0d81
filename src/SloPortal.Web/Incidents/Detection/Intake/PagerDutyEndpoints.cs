using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Detection.Intake.Deployments;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>PagerDuty's Events API v2 as its clients know it: its addresses, its answers, its words for what is wrong.</summary>
internal static class PagerDutyEndpoints
{
    public static void MapPagerDuty(this IEndpointRouteBuilder app)
    {
        var events = app.MapGroup("/v2").ExcludeFromDescription().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Usual));
        events.MapPost("/enqueue", EnqueueAsync);
        events.MapPost("/change/enqueue", EnqueueChangeAsync);
    }

    private static async Task<IResult> EnqueueAsync(HttpContext http, SignalRequest signals, ReceiveSignals.Handler receive)
    {
        var (source, document, refused) = await ReadAsync(http, signals);
        using var read = document;
        if (refused is not null)
            return refused;
        var (reading, errors) = PagerDutyReader.Read(read!.RootElement, Guid.NewGuid().ToString("N"));
        if (reading is null)
            return await InvalidAsync(signals, source!, errors, http.RequestAborted);
        var taken = await receive.HandleAsync(new ReceiveSignals(source!, [new ReceivedSignal(reading)]), source!.Actor, http.RequestAborted);
        return taken.Succeeded
            ? TypedResults.Json(new { status = "success", message = "Event processed", dedup_key = reading.DedupKey }, statusCode: StatusCodes.Status202Accepted)
            : await InvalidAsync(signals, source, [taken.Refusal.Message], http.RequestAborted);
    }

    private static async Task<IResult> EnqueueChangeAsync(HttpContext http, SignalRequest signals, ReceiveChangeEvent.Handler receive)
    {
        var (source, document, refused) = await ReadAsync(http, signals);
        using var read = document;
        if (refused is not null)
            return refused;
        var outcome = await receive.HandleAsync(new ReceiveChangeEvent(source!, read!.RootElement), source!.Actor, http.RequestAborted);
        if (outcome.Refusal is { Kind: RefusalKind.Unavailable } away)
            return OutcomeResults.Problem(away);
        if (outcome.Refusal is { Kind: not RefusalKind.Conflict } wrong)
            return await InvalidAsync(signals, source, [wrong.Message], http.RequestAborted);
        // An event that finds no place is taken as PagerDuty takes it; why nothing shows, the page of the source says.
        if (outcome.Refusal is { } refusal)
            await signals.ProblemAsync(source, refusal.Message, http.RequestAborted);
        return TypedResults.Json(new { status = "success", message = "Change event processed" }, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>The source behind the routing key, and what it sent; or the answer that ends the request.</summary>
    private static async Task<(KnownSource? Source, JsonDocument? Body, IResult? Refused)> ReadAsync(HttpContext http, SignalRequest signals)
    {
        JsonDocument? document = null;
        try
        {
            document = ReadSignals.Parse(await SignalRequest.ReadAsync(http.Request, http.RequestAborted));
        }
        catch (JsonException)
        {
            return (null, null, Invalid(["The request body is no JSON"]));
        }
        // PagerDuty's own library names the key in a header.
        var key = PagerDutyReader.RoutingKey(document.RootElement) ?? http.Request.Headers["X-Routing-Key"].ToString();
        if (string.IsNullOrWhiteSpace(key))
            return (null, document, Invalid(["'routing_key' is missing or blank"]));
        return await signals.FindAsync(key, http.RequestAborted) is { Kind: SignalSourceKind.PagerDuty } source
            ? (source, document, null)
            : (null, document, signals.Admits(http) ? Invalid(["'routing_key' is invalid"]) : SignalRequest.TooMany(http));
    }

    private static async Task<IResult> InvalidAsync(SignalRequest signals, KnownSource source, IReadOnlyList<string> errors, CancellationToken ct)
    {
        await signals.ProblemAsync(source, $"An event was not valid: {string.Join("; ", errors)}.", ct);
        return Invalid(errors);
    }

    private static JsonHttpResult<InvalidEvent> Invalid(IReadOnlyList<string> errors) =>
        TypedResults.Json(new InvalidEvent("invalid event", "Event object is invalid", errors), statusCode: StatusCodes.Status400BadRequest);

    private sealed record InvalidEvent(string Status, string Message, IReadOnlyList<string> Errors);
}
