using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using SloPortal.Application.Common;

namespace SloPortal.Web.Common;

/// <summary>
/// While the database is away a program gets 503 with Retry-After and problem details, and a person a page that needs nothing
/// else: sessions are checked against the database, so neither the error page nor a stylesheet can count on one.
/// </summary>
internal sealed class DatabaseAwayHandler(ILogger<DatabaseAwayHandler> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 5;

    private const string Page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="refresh" content="5">
            <title>The database does not answer · SloPortal</title>
            <style>
                body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 14px/1.5 system-ui, sans-serif; background: light-dark(#f7f7f5, #111316); color: light-dark(#1b1d21, #e8eaed) }
                main { max-width: 52ch; padding: 24px }
                h1 { font-size: 22px; font-weight: 600; margin: 0 0 8px }
                p { margin: 0 0 8px; color: light-dark(#565c66, #a3aab4) }
            </style>
        </head>
        <body>
            <main>
                <h1>The database does not answer</h1>
                <p>The portal runs, but cannot reach its database. What was saved before is safe, and senders keep their samples until it is back.</p>
                <p>This page tries again every 5 seconds. If it stays, tell your administrator.</p>
            </main>
        </body>
        </html>
        """;

    /// <summary>Whatever answers 503 says when to come again.</summary>
    public static void AddRetryAfter(IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var response = context.Response;
            if (response.StatusCode == StatusCodes.Status503ServiceUnavailable && response.Headers.RetryAfter.Count == 0)
                response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return next(context);
    });

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!PortalFailure.IsDatabaseAway(exception))
            return false;
        logger.LogWarning("{Method} {Path} failed: the database cannot be reached ({Reason})", httpContext.Request.Method, httpContext.Request.Path.Value, exception.GetBaseException().Message);
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (ApiPaths.Own(httpContext.Request.Path))
        {
            await TypedResults.Problem(detail: "The database does not answer. Nothing was changed; send the request again.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(httpContext);
        }
        else
        {
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync(Page, cancellationToken);
        }
        return true;
    }
}
