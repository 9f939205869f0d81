using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement;

/// <summary>Where samples arrive.</summary>
internal static class IngestEndpoints
{
    /// <summary>A sender waits so many seconds before it sends again.</summary>
    private const string SecondsToWait = "2";

    internal const string Busy = "More samples wait than can be stored at the moment; send them again.";

    public static void MapIngest(this RouteGroupBuilder api)
    {
        ArgumentNullException.ThrowIfNull(api);
        var group = api.MapGroup("").WithTags("Measurement").RequireRateLimiting(RateLimitPolicies.Ingest);
        group.MapPost("/write", WriteAsync)
            .WithName("RemoteWrite").WithSummary("Takes a Prometheus remote-write request, 1.0 or 2.0 by its content type; the answer comes when its samples are stored durably")
            .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Ingest))
            .Produces(StatusCodes.Status204NoContent)
            .Produces<string>(StatusCodes.Status400BadRequest, "text/plain")
            .Produces<string>(StatusCodes.Status403Forbidden, "text/plain")
            .Produces<string>(StatusCodes.Status413PayloadTooLarge, "text/plain")
            .Produces<string>(StatusCodes.Status415UnsupportedMediaType, "text/plain")
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
        group.MapPost("/push", PushAsync)
            .WithName("PushCounts").WithSummary("Adds good and total events of whole minutes to SLIs of pushed counts, once for each Idempotency-Key")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The value of Retry-After for what is above the rate of its source.</summary>
    internal static string Seconds(TimeSpan wait) => Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static async Task<Results<Ok<PushAnswer>, ProblemHttpResult>> PushAsync(
        PushBody body, [FromHeader(Name = "Idempotency-Key")] string? key, PushCounts.Handler handler, CurrentActor current, HttpContext http, CancellationToken ct)
    {
        var outcome = await handler.HandleAsync(new PushCounts(key ?? body.Key ?? "", body.AllSeries()), await current.GetAsync(ct), ct);
        if (!outcome.Succeeded)
            return OutcomeResults.Problem(outcome.Refusal);
        if (outcome.Value.Stored == IngestAnswer.Stored)
            return TypedResults.Ok(outcome.Value.Answer);
        if (outcome.Value.Stored == IngestAnswer.OverRate)
        {
            http.Response.Headers.RetryAfter = Seconds(outcome.Value.Wait);
            return TypedResults.Problem(detail: $"The source may send fewer counts a second; send them again in {Seconds(outcome.Value.Wait)} s with the same key.", statusCode: StatusCodes.Status429TooManyRequests);
        }
        http.Response.Headers.RetryAfter = SecondsToWait;
        return TypedResults.Problem(detail: "The counts could not be stored now; send them again with the same key.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>One series at the top, or several under <c>series</c>, or both.</summary>
    internal sealed record PushBody(string? Key, string? Service, string? Sli, IReadOnlyList<PushedInterval>? Intervals, IReadOnlyList<PushedSeries>? Series)
    {
        public IReadOnlyList<PushedSeries> AllSeries() =>
            Service is null && Sli is null && Intervals is null ? Series ?? [] : [new PushedSeries(Service!, Sli!, Intervals!), .. Series ?? []];
    }

    private static async Task WriteAsync(HttpContext http, CurrentActor current, TokenSources sources, IngestWriter writer, IngestSettings settings)
    {
        var ct = http.RequestAborted;
        var retryAfter = SecondsToWait;
        var (status, sentence) = await TakeAsync();
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = retryAfter;
        // Senders log the first line of the body, so it is a sentence and no document.
        if (sentence is not null)
            await http.Response.WriteAsync(sentence + "\n", ct);

        async Task<(int Status, string? Sentence)> TakeAsync()
        {
            var source = await sources.FindAsync(await current.GetAsync(ct), SourceKind.RemoteWrite, ct);
            if (!source.Succeeded)
                return (StatusCodes.Status403Forbidden, source.Refusal.Message);
            if (RemoteWriteHeaders.Problem(http.Request, out var version) is { } problem)
                return (StatusCodes.Status415UnsupportedMediaType, problem);
            if (version == RemoteWriteVersion.Two)
                RemoteWriteHeaders.AddWritten(http.Response, 0);
            if (writer.IsBusy)
                return (StatusCodes.Status503ServiceUnavailable, Busy);
            var (write, refusal) = await DecodeAsync(http.Request, version, source.Value, settings.RemoteWrite, ct);
            if (write is null)
                return (refusal!.Fault == WriteFault.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, refusal.Sentence);
            var request = new WrittenSamples(write);
            var answer = await writer.WriteAsync(request);
            if (answer == IngestAnswer.OverRate)
            {
                // And not 429, which a Prometheus takes for a reason to drop the samples unless retry_on_http_429 is set.
                retryAfter = Seconds(request.Wait);
                return (StatusCodes.Status503ServiceUnavailable, $"The source may send fewer samples a second; they are taken when they are sent again in {retryAfter} s.");
            }
            return answer switch
            {
                IngestAnswer.Stored when version == RemoteWriteVersion.Two => Written(http.Response, write.Tally),
                IngestAnswer.Stored => (StatusCodes.Status204NoContent, null),
                IngestAnswer.Busy => (StatusCodes.Status503ServiceUnavailable, Busy),
                IngestAnswer.Unavailable => (StatusCodes.Status503ServiceUnavailable, "The samples could not be stored, since the database did not answer; send them again."),
                var other => throw new InvalidOperationException($"Unknown answer {other}."),
            };
        }
    }

    /// <summary>Remote write 2.0 is answered 400 also where only a part was refused: the rest is stored, and the headers say how much.</summary>
    private static (int Status, string? Sentence) Written(HttpResponse response, SourceTally tally)
    {
        RemoteWriteHeaders.AddWritten(response, tally.Arrived - tally.RefusedCount);
        return tally.RefusedCount == 0
            ? (StatusCodes.Status204NoContent, null)
            : (StatusCodes.Status400BadRequest, $"{tally.RefusedCount} of {tally.Arrived} samples were refused, the others are stored. {tally.RefusalSentences()}");
    }

    private static async Task<(DecodedWrite? Write, WriteProblem? Problem)> DecodeAsync(
        HttpRequest request, RemoteWriteVersion version, int sourceId, WriteLimits limits, CancellationToken ct)
    {
        try
        {
            if (await IngestBody.ReadAsync(request, ct) is not { } body)
                return (null, TooLong);
            RemoteWriteDecoder.TryDecode(body.Memory, sourceId, limits, out var write, out var problem, version, body);
            return (write, problem);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLong
                : new WriteProblem(WriteFault.Malformed, $"The request could not be read: {e.Message}"));
        }
    }

    private static WriteProblem TooLong => new(WriteFault.TooLarge,
        $"The body is larger than {RequestLimits.Ingest >> 20} MiB; lower max_samples_per_send in the queue_config of the sender.");
}
