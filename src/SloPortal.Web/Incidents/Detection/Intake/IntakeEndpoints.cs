using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Incidents.Detection.Intake.Deployments;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>Where other programs say what is wrong, and what was deployed. They show a key instead of a session.</summary>
internal static class IntakeEndpoints
{
    private const string CloudEvent = "application/cloudevents+json";
    private const string CloudEvents = "application/cloudevents-batch+json";

    public static IServiceCollection AddIntake(this IServiceCollection services) => services.AddSingleton<UnknownKeyThrottle>().AddTransient<SignalRequest>();

    public static void MapIntake(this IEndpointRouteBuilder app)
    {
        var keyed = app.MapGroup("/in/{key}").ExcludeFromDescription().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Signals));
        keyed.MapPost("/alertmanager", (string key, HttpContext http, SignalRequest signals) => signals.TakeAsync(http, key, SignalSourceKind.Alertmanager, ReadSignals.OfWebhook));
        keyed.MapPost("/api/v2/alerts", (string key, HttpContext http, SignalRequest signals) => PostedAsync(http, key, signals));
        keyed.MapPost("/grafana", (string key, HttpContext http, SignalRequest signals) => signals.TakeAsync(http, key, SignalSourceKind.Grafana, ReadSignals.OfWebhook));
        keyed.MapPost("/cloudevents", TakeCloudEventsAsync);
        // Azure and others ask first whether they may send (CloudEvents, web hooks, 4).
        keyed.MapMethods("/cloudevents", [HttpMethods.Options], AllowCloudEventsAsync);
        keyed.MapPost("/github", TakeGitHubAsync);
        keyed.MapPost("/gitlab", TakeGitLabAsync);

        // As Alertmanager has it, for a Prometheus that sends its key as a header.
        app.MapPost("/api/v2/alerts", (HttpContext http, SignalRequest signals) => PostedAsync(http, SignalRequest.BearerOf(http.Request), signals))
            .ExcludeFromDescription().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Signals));
        app.MapPagerDuty();
    }

    private static Task<IResult> PostedAsync(HttpContext http, string? key, SignalRequest signals) =>
        signals.TakeAsync(http, key, SignalSourceKind.Alertmanager, body => ReadSignals.OfPosted(body, signals.Now));

    private static Task<IResult> TakeCloudEventsAsync(string key, HttpContext http, SignalRequest signals) =>
        signals.AnswerAsync(http, key, SignalSourceKind.CloudEvents, async (source, body) =>
        {
            var type = http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
            // Of data in binary mode only JSON is looked into.
            var binary = http.Request.Headers.ContainsKey("ce-specversion");
            if (!binary && type is not (CloudEvent or CloudEvents or "application/json"))
                return await signals.RefuseAsync(source, Refusal.Invalid($"Send {CloudEvent}, {CloudEvents}, or the headers ce-id, ce-source, ce-specversion and ce-type."), http.RequestAborted);
            if (binary && (body.Length == 0 || type?.EndsWith("json", StringComparison.Ordinal) != true))
                return await signals.StoreAsync(source, ReadSignals.OfCloudEvent(Header, default), http.RequestAborted);
            using var document = ReadSignals.Parse(body);
            return await signals.StoreAsync(source, binary ? ReadSignals.OfCloudEvent(Header, document.RootElement) : ReadSignals.OfCloudEvents(document.RootElement), http.RequestAborted);

            // Headers are percent-encoded (CloudEvents, HTTP binding, 3.1.3.2).
            string? Header(string name) => http.Request.Headers[$"ce-{name}"].ToString() is { Length: > 0 } text ? Uri.UnescapeDataString(text) : null;
        });

    private static Task<IResult> AllowCloudEventsAsync(string key, HttpContext http, SignalRequest signals) =>
        signals.AnswerAsync(http, key, SignalSourceKind.CloudEvents, (_, _) =>
        {
            if (http.Request.Headers["WebHook-Request-Origin"].ToString() is { Length: > 0 } origin)
                http.Response.Headers["WebHook-Allowed-Origin"] = origin;
            http.Response.Headers.Allow = "POST, OPTIONS";
            return Task.FromResult<IResult>(TypedResults.Ok());
        });

    private static Task<IResult> TakeGitHubAsync(string key, HttpContext http, SignalRequest signals, ReceiveGitHub.Handler receive) =>
        signals.AnswerAsync(http, key, SignalSourceKind.GitHub, async (source, body) =>
        {
            var headers = http.Request.Headers;
            var request = new ReceiveGitHub(source, Text(headers["X-GitHub-Event"]), Text(headers["X-GitHub-Delivery"]), Text(headers["X-Hub-Signature-256"]), body);
            return await AnswerAsync(signals, source, await receive.HandleAsync(request, source.Actor, http.RequestAborted), http.RequestAborted);
        });

    private static Task<IResult> TakeGitLabAsync(string key, HttpContext http, SignalRequest signals, ReceiveGitLab.Handler receive) =>
        signals.AnswerAsync(http, key, SignalSourceKind.GitLab, async (source, body) =>
        {
            var headers = http.Request.Headers;
            var request = new ReceiveGitLab(source, Text(headers["X-Gitlab-Token"]), Text(headers["X-Gitlab-Event-UUID"]), body);
            return await AnswerAsync(signals, source, await receive.HandleAsync(request, source.Actor, http.RequestAborted), http.RequestAborted);
        });

    private static async Task<IResult> AnswerAsync(SignalRequest signals, KnownSource source, Outcome<WebhookAnswer> outcome, CancellationToken ct)
    {
        if (!outcome.Succeeded)
            return await signals.RefuseAsync(source, outcome.Refusal, ct);
        if (outcome.Value.Verdict == WebhookVerdict.Forged)
        {
            await signals.ProblemAsync(source, outcome.Value.Sentence, ct);
            return TypedResults.Problem(detail: outcome.Value.Sentence, statusCode: StatusCodes.Status401Unauthorized);
        }
        var answer = new { result = outcome.Value.Verdict, message = outcome.Value.Sentence };
        return outcome.Value.Verdict == WebhookVerdict.Ignored ? TypedResults.Json(answer, statusCode: StatusCodes.Status202Accepted) : TypedResults.Ok(answer);
    }

    private static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.ToString() is { Length: > 0 } text ? text : null;
}
