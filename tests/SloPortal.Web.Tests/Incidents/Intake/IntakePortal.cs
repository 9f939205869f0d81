using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Incidents.Intake;

/// <summary>A portal with a team, its service checkout, and senders that hold a key and nothing else.</summary>
internal sealed class IntakePortal : IAsyncDisposable
{
    private IntakePortal(PortalHost host)
    {
        Host = host;
        Sender = host.Browser();
        Administrator = host.WithToken();
    }

    public PortalHost Host { get; }
    public HttpClient Sender { get; }
    public HttpClient Administrator { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<IntakePortal> StartAsync(PortalHost? host = null)
    {
        var portal = new IntakePortal(host ?? await PortalHost.StartAsync());
        foreach (var (path, body) in ((string, object)[])[
            ("/teams", new { slug = "shop", name = "Shop", description = "" }),
            ("/services", new { slug = "checkout", name = "Checkout", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() })])
            (await portal.Administrator.PostAsJsonAsync("/api/v1" + path, body, Ct)).EnsureSuccessStatusCode();
        return portal;
    }

    public async Task<string> KeyAsync(string kind, string? service = "checkout", string? secret = null)
    {
        using var made = await Administrator.PostAsJsonAsync("/api/v1/teams/shop/signal-sources", new { kind, name = $"{kind} of the west", service, secret }, Ct);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("key").GetString()!;
    }

    public Task<HttpResponseMessage> SendAsync(string address, string body, params (string Name, string Value)[] headers) => SendAsync(address, body, "application/json", headers);

    public Task<HttpResponseMessage> SendAsync(string address, string body, string type, params (string Name, string Value)[] headers)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new(type);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return Sender.SendAsync(request, Ct);
    }

    /// <summary>The ledger, the last heard of first.</summary>
    public async Task<IReadOnlyList<JsonElement>> SignalsAsync(string query = "") =>
        [.. (await Administrator.GetFromJsonAsync<JsonElement>("/api/v1/signals" + query, Ct)).GetProperty("signals").GetProperty("items").EnumerateArray()];

    /// <summary>Why the only source could not take something last; null where it always could.</summary>
    public async Task<string?> ProblemAsync() =>
        (await Administrator.GetFromJsonAsync<JsonElement>("/api/v1/teams/shop/signal-sources", Ct)).GetProperty("sources")[0].GetProperty("lastProblem").GetString();

    /// <summary>Makes the database one that does not write, as the follower is that a broken cluster leaves, or the usual one again.</summary>
    public async Task WriteAsync(bool on)
    {
        var name = new NpgsqlConnectionStringBuilder(Host.ConnectionString).Database;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Host.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        foreach (var statement in (string[])[$"ALTER DATABASE {name} SET default_transaction_read_only TO {(on ? "off" : "on")}", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"])
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Sender.Dispose();
        Administrator.Dispose();
        await Host.DisposeAsync();
    }
}
