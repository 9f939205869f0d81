namespace SloPortal.Web.Common;

/// <summary>
/// The HTTP API takes session cookies as well, without a form token: so a change must not come from a page of another site. Browsers
/// say where a request comes from (Fetch Metadata); programs with a token do not, and need not.
/// </summary>
internal static class SameSiteRequests
{
    public static RouteGroupBuilder RefuseCrossSiteChanges(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter((context, next) =>
        {
            var request = context.HttpContext.Request;
            var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
            var site = request.Headers["Sec-Fetch-Site"].ToString();
            return reads || site is "" or "same-origin" or "none"
                ? next(context)
                : ValueTask.FromResult<object?>(TypedResults.Problem(detail: "This request comes from a page of another site.", statusCode: StatusCodes.Status403Forbidden));
        });
        return group;
    }
}
