using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>The HTTP API of a portal, for what a test needs but does not prove.</summary>
internal sealed class PortalApi : IDisposable
{
    private readonly HttpClient http;

    public PortalApi(string address, string token)
    {
        http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken ct)
    {
        using var response = await http.GetAsync(new Uri($"/api/v1{path}", UriKind.Relative), ct);
        return await ReadAsync(response, path, ct);
    }

    public async Task<JsonElement> PostAsync(string path, object body, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await http.PostAsJsonAsync($"/api/v1{path}", body, ct);
            // On a busy machine the portal may ask its senders to come again; like one, this does.
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == 10)
                return await ReadAsync(response, path, ct);
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(2), ct);
        }
    }

    public async Task<JsonElement> PutAsync(string path, object body, CancellationToken ct)
    {
        using var response = await http.PutAsJsonAsync($"/api/v1{path}", body, ct);
        return await ReadAsync(response, path, ct);
    }

    /// <summary>Sends metrics as OpenTelemetry does.</summary>
    public async Task ExportAsync(object metrics, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync("/v1/metrics", metrics, ct);
        await ReadAsync(response, "/v1/metrics", ct);
    }

    /// <summary>Sends a body as it stands.</summary>
    public async Task<JsonElement> PostTextAsync(string path, string body, CancellationToken ct)
    {
        using var content = new StringContent(body);
        using var response = await http.PostAsync(new Uri($"/api/v1{path}", UriKind.Relative), content, ct);
        return await ReadAsync(response, path, ct);
    }

    /// <summary>Sends to an address outside of the API, whatever it answers.</summary>
    public async Task SendAsync(string address, object body, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync(address, body, ct);
    }

    public void Dispose() => http.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, string path, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
