using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>
/// Asks a Prometheus-compatible server for raw samples and names. Only administrators say which servers, so private addresses are
/// fine; a redirect is not followed, since it could lead the Authorization header elsewhere.
/// </summary>
public sealed class PrometheusClient : IDisposable
{
    private const int MaxAnswerBytes = 256 * 1024 * 1024;

    private readonly HttpClient _http;

    public PrometheusClient() : this(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.GZip,
    })
    {
    }

    /// <summary>With another handler, for tests.</summary>
    internal PrometheusClient(HttpMessageHandler handler) => _http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>
    /// The raw samples of the selector in the stretch that ends at <paramref name="end"/>, with their own timestamps: an instant query of a
    /// range selector. Depending on the server's version the start itself is in it or not.
    /// </summary>
    public Task<Outcome<List<SeriesSamples>>> SamplesAsync(PrometheusServer server, SeriesSelector selector, DateTimeOffset end, TimeSpan range, CancellationToken ct) =>
        AskAsync(server, "query", PrometheusAnswer.Matrix, ct,
            ("query", $"{selector}[{Math.Max(1, (long)Math.Ceiling(range.TotalSeconds)).ToString(CultureInfo.InvariantCulture)}s]"),
            ("time", (end.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture)));

    /// <summary>The values of a label among the series of the selector that were there lately; of all series without a selector.</summary>
    public Task<Outcome<List<string>>> LabelValuesAsync(PrometheusServer server, string label, string? selector, CancellationToken ct) =>
        AskAsync(server, $"label/{Uri.EscapeDataString(label)}/values", PrometheusAnswer.Strings, ct, selector is null ? [] : [("match[]", selector)]);

    /// <summary>The names of the labels among the series of the selector.</summary>
    public Task<Outcome<List<string>>> LabelNamesAsync(PrometheusServer server, string selector, CancellationToken ct) =>
        AskAsync(server, "labels", PrometheusAnswer.Strings, ct, ("match[]", selector));

    /// <summary>Whether the server answers queries at all.</summary>
    public Task<Outcome<bool>> PingAsync(PrometheusServer server, CancellationToken ct) =>
        AskAsync(server, "query", _ => true, ct, ("query", "vector(1)"));

    public void Dispose() => _http.Dispose();

    private async Task<Outcome<T>> AskAsync<T>(PrometheusServer server, string path, Func<ReadOnlySpan<byte>, T> read, CancellationToken ct, params (string Name, string Value)[] query)
    {
        var text = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Name)}={Uri.EscapeDataString(q.Value)}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{server.Endpoint(path)}?{text}"));
        if (!string.IsNullOrEmpty(server.Authorization))
            request.Headers.TryAddWithoutValidation("Authorization", server.Authorization);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var body = await ReadAsync(response.Content, ct);
            if (body is null)
                return Refusal.Invalid($"The server {server.Url} answered with more than {MaxAnswerBytes / 1024 / 1024} MB; narrow the selectors.");
            return response.IsSuccessStatusCode ? read(body.GetBuffer().AsSpan(0, (int)body.Length)) : Refuse(server, response, body);
        }
        catch (JsonException)
        {
            return Refusal.Invalid($"The server {server.Url} does not answer as the Prometheus query API does; check the address.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refusal.Invalid($"The server {server.Url} did not answer within 20 s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Refusal.Invalid($"The server {server.Url} cannot be reached: {e.Message.TrimEnd('.')}.");
        }
    }

    private static async Task<MemoryStream?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var body = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (body.Length + read > MaxAnswerBytes)
                return null;
            body.Write(buffer, 0, read);
        }
        return body;
    }

    private static Refusal Refuse(PrometheusServer server, HttpResponseMessage response, MemoryStream body)
    {
        var code = (int)response.StatusCode;
        var said = PrometheusAnswer.Error(body.GetBuffer().AsSpan(0, (int)body.Length));
        return Refusal.Invalid(code switch
        {
            401 or 403 => $"The server {server.Url} refuses the portal ({code}); check the value of the Authorization header.",
            404 => $"The server {server.Url} has no query API at this address (404); give its base address, without /api/v1.",
            >= 300 and < 400 => $"The server {server.Url} redirects to {response.Headers.Location}; give that address, since redirects are not followed.",
            _ => $"The server {server.Url} answered {code}{(said is null ? "." : $": {said.TrimEnd('.')}.")}",
        });
    }
}
