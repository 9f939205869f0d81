using System.Net;
using System.Net.Http.Headers;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Probes.Agents;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Measurement.Probes;

/// <summary>The portal as an agent sees it.</summary>
internal sealed class AgentPortal : IDisposable
{
    private readonly HttpClient client;
    private readonly string location;

    public AgentPortal(Uri portal, string location, string token)
    {
        this.location = location;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The probes, or why there are none just now.</summary>
    public Task<Outcome<ProbeOrders>> FetchAsync(CancellationToken ct) =>
        AskAsync<ProbeOrders>(() => client.GetAsync(new Uri($"api/v1/probe-locations/{location}/probes", UriKind.Relative), ct), ct);

    /// <summary>What became of the results; refused as unavailable when they are to be sent again.</summary>
    public Task<Outcome<TakenResults>> SendAsync(DateTimeOffset now, long dropped, IReadOnlyList<AgentResult> results, CancellationToken ct) =>
        AskAsync<TakenResults>(() => client.PostAsJsonAsync(new Uri($"api/v1/probe-locations/{location}/results", UriKind.Relative), new ProbeEndpoints.ResultsBody(now, dropped, results), PortalJson.Options, ct), ct);

    public void Dispose() => client.Dispose();

    private static async Task<Outcome<T>> AskAsync<T>(Func<Task<HttpResponseMessage>> ask, CancellationToken ct)
    {
        try
        {
            using var answer = await ask();
            if (answer.IsSuccessStatusCode)
                return (await answer.Content.ReadFromJsonAsync<T>(PortalJson.Options, ct))!;
            return answer.StatusCode switch
            {
                HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => Refusal.Invalid("The portal does not take this."),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Refusal.Denied("The portal refuses the token: it must be of an administrator and have the scope ingest."),
                var other => new Refusal(RefusalKind.Unavailable, $"The portal answered {(int)other}."),
            };
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new Refusal(RefusalKind.Unavailable, $"The portal cannot be reached: {e.Message}");
        }
    }
}
