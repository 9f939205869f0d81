namespace SloPortal.Web.Home;

internal static class PrometheusConfiguration
{
    /// <summary>The lines for <c>prometheus.yml</c> that send every sample to this portal.</summary>
    /// <param name="baseAddress">Address of the portal as the reader reached it, with a slash at the end.</param>
    /// <param name="token">Null leaves a placeholder.</param>
    public static string For(string baseAddress, string? token) => $"""
        remote_write:
          - url: {baseAddress}api/v1/write
            authorization:
              credentials: {token ?? "<token>"}
        """;
}
