using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using SloPortal.Application.Common;

namespace SloPortal.Web.Common;

/// <summary>A request of the HTTP API that cannot be read gets a sentence that says which part of it, whatever the environment.</summary>
internal sealed partial class BadRequestHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // A form whose token is missing or of another session; the generated code that reads forms lets the complaint through.
        if (exception is InvalidOperationException && httpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
        {
            httpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
            return true;
        }
        var (status, sentence) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, SentenceOf(bad)),
            _ when PortalFailure.IsTextThatCannotBeStored(exception) => (StatusCodes.Status400BadRequest, PortalFailure.TextSentence),
            _ => (0, ""),
        };
        if (status == 0 || !ApiPaths.Own(httpContext.Request.Path))
            return false;
        await TypedResults.Problem(detail: sentence, statusCode: status).ExecuteAsync(httpContext);
        return true;
    }

    private static string SentenceOf(BadHttpRequestException bad) => (bad.StatusCode, bad.InnerException) switch
    {
        (StatusCodes.Status413PayloadTooLarge, _) => "The body is larger than what is taken here.",
        (StatusCodes.Status415UnsupportedMediaType, _) => "Send the body as application/json.",
        (_, JsonException { Path: { Length: > 2 } path }) => $"The body has a value at {path[2..]} that is not of the kind that belongs there.",
        (_, JsonException { Path: "$" }) => "The body is JSON of another shape than what is taken here.",
        (_, JsonException json) => $"The body is no JSON from line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1} on.",
        _ when Parameter().Match(bad.Message) is { Success: true } found => $"The value of {found.Groups[1].Value} is not one that it can have.",
        _ => "The request lacks something that is needed here; /openapi/v1.json says what it takes.",
    };

    // As RequestDelegateFactory says it: Failed to bind parameter "Nullable<int> page" from "x".
    [GeneratedRegex("bind parameter \"[^\"]* (\\w+)\" from ")]
    private static partial Regex Parameter();
}
