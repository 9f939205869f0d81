using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using SloPortal.TestSupport;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Cluster;

/// <summary>What the tests of several portals prepare over HTTP and read from the database.</summary>
internal static class CountedDatabase
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An SLI whose good events are the requests of <see cref="CountingSender"/>.</summary>
    public static async Task AddSliAsync(Uri portal)
    {
        using var http = new HttpClient { BaseAddress = portal, DefaultRequestHeaders = { Authorization = new("Bearer", PortalProcess.AdminToken) } };
        await PostAsync(http, "teams", new { slug = "shop", name = "Shop", description = "" });
        await PostAsync(http, "services", new { slug = "checkout", name = "Checkout", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() });
        // A source is known from its first samples on.
        using (var first = new CountingSender("first", portal, 1))
            await first.SendAsync(Ct);
        var sources = await http.GetFromJsonAsync<JsonElement>("/api/v1/sources", Ct);
        await PostAsync(http, "slis", new
        {
            service = "checkout", slug = "orders", name = "Orders", description = "", sourceId = sources[0].GetProperty("id").GetInt32(),
            definition = new { kind = "counterRatio", good = (string?)null, bad = "requests_total{code=~\"5..\"}", total = "requests_total" },
        });
    }

    /// <summary>All good and total events, as far as the running sums agree with their minutes.</summary>
    public static async Task<(double Good, double Total)> CountsAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            """
            SELECT coalesce(sum(good), 0), coalesce(sum(total), 0), count(*) FILTER (WHERE total_sum <> added)
            FROM (SELECT good, total, total_sum, sum(total) OVER (PARTITION BY sli_id ORDER BY minute) AS added FROM sli_minutes) m
            """);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        await reader.ReadAsync(Ct);
        Assert.Equal(0, reader.GetInt64(2));
        return (reader.GetDouble(0), reader.GetDouble(1));
    }

    /// <summary>Waits until a duty was begun after an instant and ended well.</summary>
    public static async Task DutyGoesOnAsync(string connectionString, string pass, DateTimeOffset after)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await Eventually.HoldsAsync(async () =>
        {
            await using var command = source.CreateCommand("SELECT count(*) FROM pass_runs WHERE name = $1 AND last_started_at > $2 AND last_succeeded_at > $2");
            command.Parameters.AddWithValue(pass);
            command.Parameters.AddWithValue(after);
            return (long)(await command.ExecuteScalarAsync(Ct))! == 1;
        });
    }

    private static async Task PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/" + path, body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
