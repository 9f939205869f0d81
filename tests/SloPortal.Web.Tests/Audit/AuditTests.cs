using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Audit;

public sealed class AuditTests
{
    [Theory]
    [InlineData("UPDATE audit_entries SET subject_name = 'Harmless' WHERE number = 3", 3, "altered")]
    [InlineData("UPDATE audit_entries SET recorded_at = recorded_at + interval '1 microsecond' WHERE number = 2", 2, "altered")]
    [InlineData("DELETE FROM audit_entries WHERE number = 4", 4, "missing")]
    [InlineData("UPDATE audit_entries SET hash = sha256('x') WHERE number = 2", 2, "altered")]
    public async Task Verify_TamperedEntry_IsFound(string tampering, long number, string why)
    {
        await using var portal = await PortalHost.StartAsync();
        var admin = portal.WithToken();
        foreach (var slug in (string[])["a", "b", "c", "d"])
            await admin.PostAsJsonAsync("/api/v1/teams", new { slug, name = slug, description = "" });
        var before = await VerifyAsync(admin);
        Assert.True(before.GetProperty("isIntact").GetBoolean());
        await ExecuteAsync(portal, $"ALTER TABLE audit_entries DISABLE TRIGGER USER; {tampering}; ALTER TABLE audit_entries ENABLE TRIGGER USER");
        var broken = (await VerifyAsync(admin)).GetProperty("broken");
        Assert.Equal((number, why), (broken.GetProperty("number").GetInt64(), broken.GetProperty("why").GetString()));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET action = 'x'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    public async Task Database_ChangeOfTheAudit_IsRefused(string statement)
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.WithToken().GetAsync("/api/v1/me");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(portal, statement));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Read_FiltersAndPages_ByNumber()
    {
        await using var portal = await PortalHost.StartAsync();
        var admin = portal.WithToken();
        for (var i = 0; i < 5; i++)
            await admin.PostAsJsonAsync("/api/v1/teams", new { slug = $"team-{i}", name = $"Team {i} 100%", description = "" });
        var first = await admin.GetFromJsonAsync<JsonElement>("/api/v1/audit?action=team.&size=2");
        Assert.Equal(["Team 4 100%", "Team 3 100%"], Names(first));
        var second = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/audit?action=team.&size=2&before={first.GetProperty("older").GetInt64()}");
        Assert.Equal(["Team 2 100%", "Team 1 100%"], Names(second));
        var back = await admin.GetFromJsonAsync<JsonElement>($"/api/v1/audit?action=team.&size=2&after={second.GetProperty("newer").GetInt64()}");
        Assert.Equal(Names(first), Names(back));
        // A percent sign is text, not a pattern.
        Assert.Empty(Names(await admin.GetFromJsonAsync<JsonElement>("/api/v1/audit?subject=Team%25100")));
        Assert.Equal(["Team 3 100%"], Names(await admin.GetFromJsonAsync<JsonElement>("/api/v1/audit?text=team-3")));
    }

    /// <summary>A plan and not a duration: with the trigrams of its text an entry is found without reading the others.</summary>
    [Fact]
    public async Task Search_TextAnywhere_HasAnIndex()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.WithToken().GetAsync("/api/v1/me");
        await using var connection = new NpgsqlConnection(portal.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand("SET enable_seqscan = off; EXPLAIN SELECT 1 FROM audit_entries WHERE details ILIKE '%thing-4711%' OR subject_id = 'x'", connection);
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            plan.Add(reader.GetString(0));

        Assert.Contains(plan, line => line.Contains("ix_audit_entries_text", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains("ix_audit_entries_subject_id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_Csv_QuotesDefusesAndIsRecorded()
    {
        await using var portal = await PortalHost.StartAsync();
        var admin = portal.WithToken();
        await admin.PostAsJsonAsync("/api/v1/teams", new { slug = "a", name = "=1+1, \"quoted\"", description = "" });
        var csv = await admin.GetStringAsync("/api/v1/audit/export.csv?action=team");
        Assert.Contains("\"'=1+1, \"\"quoted\"\"\"", csv, StringComparison.Ordinal);
        var lines = (await admin.GetStringAsync("/api/v1/audit/export.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["portal.set-up", "token.created", "team.created", "audit.exported", "audit.exported"], lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("action").GetString()));
    }

    private static async Task<JsonElement> VerifyAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("/api/v1/audit/verify", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string[] Names(JsonElement page) => [.. page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("subjectName").GetString()!)];

    private static async Task ExecuteAsync(PortalHost portal, string sql)
    {
        await using var connection = new NpgsqlConnection(portal.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
