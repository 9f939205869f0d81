using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Otlp;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Otlp;

/// <summary>Where OpenTelemetry metrics arrive: OTLP/HTTP 1.x, in Protocol Buffers and JSON.</summary>
internal static class OtlpEndpoint
{
    private const string SecondsToWait = "2";

    public static void MapOtlp(this RouteGroupBuilder group)
    {
        ArgumentNullException.ThrowIfNull(group);
        group.MapPost("/metrics", ExportAsync)
            .WithTags("Measurement").RequireRateLimiting(RateLimitPolicies.Ingest)
            .WithName("ExportMetrics").WithSummary("Takes OpenTelemetry metrics by OTLP/HTTP, as Protocol Buffers or JSON; the answer comes when they are stored durably")
            .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Ingest))
            .Produces(StatusCodes.Status200OK, contentType: OtlpAnswer.Protobuf, additionalContentTypes: OtlpAnswer.Json)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> ExportAsync(HttpContext http, CurrentActor current, TokenSources sources, IngestWriter writer, IngestSettings settings)
    {
        var ct = http.RequestAborted;
        var source = await sources.FindAsync(await current.GetAsync(ct), SourceKind.Otlp, ct);
        if (!source.Succeeded)
            return Problem(StatusCodes.Status403Forbidden, source.Refusal.Message);
        if (EncodingOf(http.Request) is not { } encoding)
            return Problem(StatusCodes.Status415UnsupportedMediaType, $"The content type is \"{http.Request.ContentType}\"; send {OtlpAnswer.Protobuf} or {OtlpAnswer.Json}.");
        var compression = http.Request.Headers.ContentEncoding.ToString();
        var gzip = compression.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!gzip && compression is not ("" or "identity"))
            return Problem(StatusCodes.Status415UnsupportedMediaType, $"The content encoding is \"{compression}\"; send gzip, or none.");

        var (write, problem) = await DecodeAsync(http.Request, encoding, gzip, source.Value, settings.RemoteWrite, ct);
        if (write is null)
            return Problem(problem!.Fault == WriteFault.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, problem.Sentence);
        var request = new WrittenSamples(write);
        var stored = await writer.WriteAsync(request);
        if (stored == IngestAnswer.Stored)
            return Results.Bytes(OtlpAnswer.Of(write.RejectedPoints, write.Tally, encoding), OtlpAnswer.TypeOf(encoding));
        if (stored == IngestAnswer.OverRate)
        {
            var seconds = IngestEndpoints.Seconds(request.Wait);
            http.Response.Headers.RetryAfter = seconds;
            return Problem(StatusCodes.Status429TooManyRequests, $"The source may send fewer samples a second; send them again in {seconds} s.");
        }
        http.Response.Headers.RetryAfter = SecondsToWait;
        return Problem(StatusCodes.Status503ServiceUnavailable, stored == IngestAnswer.Busy
            ? "More samples wait than can be stored at the moment; send them again."
            : "The metrics could not be stored, since the database did not answer; send them again.");
    }

    /// <summary>Null when it is neither of the two.</summary>
    public static OtlpEncoding? EncodingOf(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? null
        : type.MediaType.Equals(OtlpAnswer.Protobuf, StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Protobuf
        : type.MediaType.Equals(OtlpAnswer.Json, StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Json
        : null;

    private static async Task<(DecodedWrite? Write, WriteProblem? Problem)> DecodeAsync(
        HttpRequest request, OtlpEncoding encoding, bool gzip, int sourceId, WriteLimits limits, CancellationToken ct)
    {
        try
        {
            if (await IngestBody.ReadAsync(request, ct) is not { } body)
                return (null, TooLong);
            using (body)
            {
                OtlpDecoder.TryDecode(body.Memory, encoding, gzip, sourceId, limits, out var write, out var problem);
                return (write, problem);
            }
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLong : new WriteProblem(WriteFault.Malformed, $"The request could not be read: {e.Message}"));
        }
    }

    private static WriteProblem TooLong => new(WriteFault.TooLarge, $"The body is larger than {RequestLimits.Ingest >> 20} MiB; export fewer points at once.");

    private static ProblemHttpResult Problem(int status, string sentence) => TypedResults.Problem(detail: sentence, statusCode: status);
}
