using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using SloPortal.Application.Tests.Budgets;
using SloPortal.TestSupport.Cluster;

namespace SloPortal.TestSupport.Live;

/// <summary>What became of a flood of alerts.</summary>
/// <param name="Seconds">For each service from the first try to send its first alert until the notice about it was taken by its receiver.</param>
/// <param name="OwnSeconds">The same without the time in which the database was away.</param>
/// <param name="Notices">All that were delivered, by their identity: how often.</param>
/// <param name="Refused">Answers of the kind that says that the sender is wrong.</param>
/// <param name="Ledger">Alerts with exactly one line in the ledger that says that they fired, and with a decision.</param>
/// <param name="Pages">Opened, by service.</param>
internal sealed record FloodResult(IReadOnlyList<double> Seconds, IReadOnlyList<double> OwnSeconds, IReadOnlyDictionary<string, int> Notices, int Refused, int Ledger, IReadOnlyDictionary<string, int> Pages)
{
    public static double Quantile(IReadOnlyList<double> seconds, double share) => seconds.Order().ElementAt((int)Math.Min(seconds.Count - 1, Math.Floor(seconds.Count * share)));
}

/// <summary>
/// Ten thousand alerts in ten seconds, of 200 services one after the other, sent as Prometheus does through a balancer to two portals of one
/// database; where something is to break, one portal is killed in the midst and the database, later, too, and started again. Each
/// service calls one person by one webhook.
/// </summary>
internal sealed class AlertFlood(string program)
{
    public const int Alerts = 10_000;
    public const int Services = 200;

    private const int PerRequest = 10;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, long> sentAt = [];
    private readonly ConcurrentDictionary<string, long> noticedAt = [];
    private readonly ConcurrentDictionary<string, int> notices = [];
    private int refused;

    public async Task<FloodResult> RunAsync(bool breaks, CancellationToken ct)
    {
        await using var postgres = new KillablePostgres();
        await postgres.StartAsync(ct);
        await TestPostgres.PrepareTemplate(postgres.ConnectionString, ct);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Took += Take;
        var settings = new Dictionary<string, string> { ["Notifications__AllowPrivateAddresses"] = "true" };
        using var lasting = await PortalProcess.StartAsync(program, postgres.ConnectionString, ct, settings: settings);
        using var dying = await PortalProcess.StartAsync(program, postgres.ConnectionString, ct, settings: settings);
        var key = await PrepareAsync(lasting.Address, receiver.Address, ct);

        using var sender = new HttpClient();
        Uri[] intakes = [new(lasting.Address, $"/in/{key}/api/v2/alerts"), new(dying.Address, $"/in/{key}/api/v2/alerts")];
        await WarmUpAsync(sender, intakes, ct);
        var (away, back) = (long.MaxValue, long.MaxValue);
        var breaking = Task.CompletedTask;
        var sending = new List<Task>();
        var watch = Stopwatch.StartNew();
        const int Requests = Alerts / PerRequest;
        for (var n = 0; n < Requests; n++)
        {
            if (watch.Elapsed < Length * n / Requests)
                await Task.Delay((Length * n / Requests) - watch.Elapsed, ct);
            if (breaks && n == Requests * 4 / 10)
                dying.Kill();
            if (breaks && n == Requests * 7 / 10)
                breaking = BreakAsync();
            sending.Add(SendAsync(sender, intakes, n, ct));
        }
        await Task.WhenAll(sending);
        await breaking;
        for (var waited = Stopwatch.StartNew(); noticedAt.Count < Services && waited.Elapsed < Patience;)
            await Task.Delay(100, ct);
        // One that is sent twice comes at the latest when the claim of the portal that died has run out.
        if (breaks)
            await Task.Delay(TimeSpan.FromSeconds(35), ct);

        var (ledger, pages) = await ReadAsync(postgres.ConnectionString, ct);
        var told = noticedAt.Keys.Order(StringComparer.Ordinal).ToList();
        return new FloodResult(
            told.ConvertAll(s => Stopwatch.GetElapsedTime(sentAt[s], noticedAt[s]).TotalSeconds),
            told.ConvertAll(s => Stopwatch.GetElapsedTime(sentAt[s], noticedAt[s] - Math.Max(0, Math.Min(noticedAt[s], back) - Math.Max(sentAt[s], away))).TotalSeconds),
            notices, refused, ledger, pages);

        async Task BreakAsync()
        {
            away = Stopwatch.GetTimestamp();
            await postgres.KillAsync(ct);
            await postgres.StartAsync(ct);
            back = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>A portal that has run for a while has compiled what it does; one that just started would be measured compiling.</summary>
    private static async Task WarmUpAsync(HttpClient sender, Uri[] intakes, CancellationToken ct)
    {
        for (var n = 0; n < 400; n++)
        {
            var alerts = Enumerable.Range(0, PerRequest).Select(i => new { labels = new { alertname = "Warm", severity = "info", instance = $"w-{n}-{i}" } });
            using var answer = await sender.PostAsJsonAsync(intakes[n % 2], alerts, ct);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static string Service(int n) => $"service-{n:000}";

    private void Take(byte[] body)
    {
        var call = JsonSerializer.Deserialize<JsonElement>(body);
        notices.AddOrUpdate(call.GetProperty("id").GetString()!, 1, (_, times) => times + 1);
        noticedAt.TryAdd(call.GetProperty("service").GetString()!, Stopwatch.GetTimestamp());
    }

    private async Task SendAsync(HttpClient sender, Uri[] intakes, int request, CancellationToken ct)
    {
        var alerts = Enumerable.Range(request * PerRequest, PerRequest).Select(n => new
        {
            labels = new { alertname = "ErrorsHigh", severity = "critical", service = Service(n * Services / Alerts), instance = $"i-{n:00000}" },
            annotations = new { summary = $"Errors on instance {n:00000}" },
        }).ToList();
        sentAt.TryAdd(alerts[0].labels.service, Stopwatch.GetTimestamp());
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await sender.PostAsJsonAsync(intakes[(request + tries) % 2], alerts, ct);
                if (answer.IsSuccessStatusCode)
                    return;
                if (answer.StatusCode < HttpStatusCode.InternalServerError)
                {
                    Interlocked.Increment(ref refused);
                    return;
                }
            }
            catch (HttpRequestException) when (tries < 1000)
            {
                // That portal is gone; the other is asked.
            }
            await Task.Delay(50, ct);
        }
    }

    /// <summary>A team with its services, one person who is called by a webhook, and a source.</summary>
    /// <returns>The key of the source.</returns>
    private static async Task<string> PrepareAsync(Uri portal, string webhook, CancellationToken ct)
    {
        // A way is a person's own, so no token makes one.
        using var api = SignedIn.Client(await SignedIn.CookieAsync(portal, ct));
        api.BaseAddress = portal;
        var me = (await api.GetFromJsonAsync<JsonElement>("/api/v1/me", ct)).GetProperty("id").GetGuid();
        await PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" });
        for (var n = 0; n < Services; n++)
            await PostAsync("/services", new { slug = Service(n), name = Service(n), description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() });
        await PostAsync("/ways", new { channel = "webhook", address = webhook });
        var policy = await PostAsync("/escalation-policies", new { team = "shop", name = "Primary", levels = new[] { new { minutes = 30, targets = new[] { new { kind = "person", id = me } } } } });
        using var rules = await api.PutAsJsonAsync("/api/v1/teams/shop/paging-rules", new { rules = new[] { new { minimumSeverity = "error", action = "page", policy = policy.GetGuid() } } }, ct);
        rules.EnsureSuccessStatusCode();
        return (await PostAsync("/teams/shop/signal-sources", new { kind = "alertmanager", name = "Cluster" })).GetProperty("key").GetString()!;

        async Task<JsonElement> PostAsync(string path, object body)
        {
            using var answer = await api.PostAsJsonAsync("/api/v1" + path, body, ct);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadFromJsonAsync<JsonElement>(ct)
                : throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
        }
    }

    private static async Task<(int Ledger, IReadOnlyDictionary<string, int> Pages)> ReadAsync(string connectionString, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var fired = database.CreateCommand(
            """
            SELECT count(*)::int FROM (
                SELECT s.id FROM signals s JOIN signal_events e ON e.signal_id = s.id AND e.kind = 'Fired' AND s.service_id IS NOT NULL
                GROUP BY s.id HAVING count(*) = 1 AND bool_and(e.decided_at IS NOT NULL)) once
            """);
        var ledger = (int)(await fired.ExecuteScalarAsync(ct))!;
        await using var opened = database.CreateCommand("SELECT v.slug, count(*)::int FROM pages p JOIN services v ON v.id = p.service_id GROUP BY v.slug");
        await using var reader = await opened.ExecuteReaderAsync(ct);
        var pages = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
            pages[reader.GetString(0)] = reader.GetInt32(1);
        return (ledger, pages);
    }
}
