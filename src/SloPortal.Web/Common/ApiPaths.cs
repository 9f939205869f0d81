namespace SloPortal.Web.Common;

internal static class ApiPaths
{
    /// <summary>Whether a path is for programs, which get statuses and problem details and are never redirected.</summary>
    public static bool Own(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
