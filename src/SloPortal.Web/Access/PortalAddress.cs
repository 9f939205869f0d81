namespace SloPortal.Web.Access;

internal static class PortalAddress
{
    /// <summary>The address under which the browser sees the portal, without a slash at the end.</summary>
    public static string Of(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}".TrimEnd('/');
}
