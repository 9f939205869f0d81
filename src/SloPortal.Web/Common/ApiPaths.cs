namespace SloPortal.Web.Common;

internal static class ApiPaths
{
    /// <summary>Whether a path is for programs, which get statuses and problem details and are never redirected.</summary>
    public static bool Own(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || Otlp(path) || Beacon(path) || Signals(path);

    /// <summary>Whether a path is one at which browsers of other sites report.</summary>
    public static bool Beacon(PathString path) => path.StartsWithSegments("/beacon", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a path is one that OTLP prescribes; errors there are of its kind.</summary>
    public static bool Otlp(PathString path) => path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a path is one at which other programs say what is wrong; <c>/v2</c> is PagerDuty's.</summary>
    public static bool Signals(PathString path) =>
        path.StartsWithSegments("/in", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/v2", StringComparison.OrdinalIgnoreCase);
}
