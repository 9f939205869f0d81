namespace SloPortal.Application.Measurement.Pull;

/// <summary>A Prometheus-compatible server as one request needs it.</summary>
/// <param name="Url">Base address without <c>/api/v1</c>.</param>
/// <param name="Authorization">Value of the Authorization header in plain text; never logged, never returned.</param>
public sealed record PrometheusServer(string Url, string? Authorization)
{
    /// <summary>The address of an endpoint of the query API.</summary>
    public Uri Endpoint(string path) => new($"{Url.TrimEnd('/')}/api/v1/{path}");

    // A record prints its members; this one holds a secret.
    public override string ToString() => Url;
}
