using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using SloPortal.Application.Common;
using SloPortal.Web.Common;

namespace SloPortal.Web.Shared;

/// <summary>What a request gets that failed before there was a page.</summary>
public sealed partial class ErrorPage
{
    private string reference = "";
    private string title = "Something went wrong";
    private string what = "The portal could not answer this request";

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    protected override void OnInitialized()
    {
        // The trace id is what the log lines of the request carry.
        reference = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        if (HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is { } error && PortalFailure.IsDatabaseAway(error))
        {
            title = "The database does not answer";
            what = "The portal runs, but cannot reach its database";
            HttpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            HttpContext.Response.Headers.RetryAfter = "5";
        }
    }
}
