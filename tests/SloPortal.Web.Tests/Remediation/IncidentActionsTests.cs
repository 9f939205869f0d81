using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Npgsql;
using SloPortal.Domain.Access;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Remediation;

public sealed partial class IncidentActionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IncidentPage_OverdueAction_StandsFirstAndSaysSo()
    {
        await using var portal = await PortalHost.StartAsync();
        var client = portal.WithToken();
        await PostAsync("teams", new { slug = "shop", name = "Shop", description = "" });
        var incident = await PostAsync("incidents", new { title = "Orders fail", severity = "sev2", services = Array.Empty<string>() });
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var (later, late) = (await ActAsync("Later work", 30), await ActAsync("Late work", 0));
        await using (var db = new NpgsqlConnection(portal.ConnectionString))
        {
            await db.OpenAsync(Ct);
            // Nobody can plan for a day that is over.
            await using var command = new NpgsqlCommand("update actions set due_on = due_on - 3 where number = $1", db) { Parameters = { new() { Value = late } } };
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Ct));
        }

        var seen = await PanelAsync(await portal.SignedInAsync(), incident);

        Assert.Contains("1 overdue", seen, StringComparison.Ordinal);
        Assert.True(seen.IndexOf($"/actions/{late}\"", StringComparison.Ordinal) < seen.IndexOf($"/actions/{later}\"", StringComparison.Ordinal), seen);
        Assert.Contains($"<span class=\"is-bad\">due {today.AddDays(-3).ToString("d MMM yyyy", CultureInfo.InvariantCulture)}", seen, StringComparison.Ordinal);
        Assert.Contains($"/actions/new?incident={incident}", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("/actions/new", await PanelAsync((await portal.PersonAsync("aino", Role.Auditor)).Browser, incident), StringComparison.Ordinal);

        Task<int> ActAsync(string title, int days) => PostAsync("actions", new { title, team = "shop", dueOn = today.AddDays(days), incident });

        async Task<int> PostAsync(string path, object body)
        {
            var answer = await client.PostAsJsonAsync($"/api/v1/{path}", body, Ct);
            answer.EnsureSuccessStatusCode();
            return int.TryParse(await answer.Content.ReadAsStringAsync(Ct), out var number) ? number : 0;
        }
    }

    private static async Task<string> PanelAsync(HttpClient browser, int incident) => Panel().Match(await browser.GetStringAsync($"/incidents/{incident}", Ct)).Value;

    [GeneratedRegex("<section class=\"panel\" aria-labelledby=\"actions-title\">.*?</section>", RegexOptions.Singleline)]
    private static partial Regex Panel();
}
