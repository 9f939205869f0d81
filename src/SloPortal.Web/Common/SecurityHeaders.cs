using Scalar.AspNetCore;

namespace SloPortal.Web.Common;

/// <summary>What every answer tells the browser to refuse.</summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Scripts only from the portal's own files: nothing inline, no eval. Styles may be inline, since MudBlazor positions by the
    /// style attribute. The live connection is a websocket of the same origin, which 'self' covers.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // At the last moment, since an error page begins with an empty set of headers.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = PolicyOf(context);
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>The page of the HTTP API starts itself by one inline script, which is let through by the nonce of its answer.</summary>
    private static string PolicyOf(HttpContext context) => context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce
        ? ContentSecurityPolicy.Replace("script-src 'self'", $"script-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal)
        : ContentSecurityPolicy;
}
