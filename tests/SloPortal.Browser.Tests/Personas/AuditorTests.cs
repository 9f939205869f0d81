using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Personas;

/// <summary>An auditor reads everything and takes copies away, changes nothing, and what she read and took stands in the audit.</summary>
[Collection(SeededPortalTests.Name)]
public sealed partial class AuditorTests(SeededPortal portal) : BrowserTest
{
    /// <summary>Buttons beside the text of pages that change nothing that others see.</summary>
    private static readonly string[] Harmless = ["Search", "Filter", "Show as ", "Copy "];

    [Fact]
    public async Task Auditor_OnEveryPage_IsOfferedNothingThatChanges()
    {
        var (restricted, published) = (await RestrictAsync(), await PublishAsync());
        var data = portal.Data;
        var auditor = await ComeAsync(portal.Address);
        await auditor.SignInAsync(data.Auditor.Email);
        string[] pages =
        [
            "/", "/incidents?state=all", $"/incidents/{data.Told}", $"/incidents/{restricted}", $"/incidents/{data.Unreviewed}/postmortem",
            "/reviews", "/reviews?view=drafts", $"/reviews/{published}", $"/reviews/{data.Review}", $"/reviews/{data.Draft}", $"/reviews/{data.Review}/revisions", "/actions?state=all", $"/actions/{data.Action}", $"/actions/{data.DoneAction}",
            "/services", "/services/checkout", "/objectives", "/objectives/checkout/orders-placed", $"/proposals/{data.Proposal}",
            "/sources", $"/sources/{data.Source}", $"/slis/{data.Sli}", "/alerts", "/alert-policies", "/settings/severities", "/settings/teams/shop",
        ];

        var offered = new List<string>();
        foreach (var path in pages)
        {
            await auditor.GoToAsync(path);
            await Assertions.Expect(auditor.Page.Locator("main h1:visible")).ToHaveCountAsync(1);
            offered.AddRange((await OfferedAsync(auditor.Page)).Select(o => $"{path} offers {o}"));
        }

        Assert.Equal([], offered);
        var tried = await auditor.Context.APIRequest.PostAsync($"{portal.Address}/api/v1/incidents/{data.Told}/timeline", new() { DataObject = new { body = "I was here" } });
        Assert.Equal(403, tried.Status);
    }

    [Fact]
    public async Task Auditor_ReadsAndExports_StandsInTheAudit()
    {
        var (restricted, published) = (await RestrictAsync(), await PublishAsync());
        var auditor = await ComeAsync(portal.Address);
        await auditor.SignInAsync(portal.Data.Auditor.Email);
        var page = auditor.Page;

        await auditor.GoToAsync($"/incidents/{restricted}");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("Declared as SEV-1");
        await auditor.GoToAsync("/exports");
        using var desk = await auditor.ExportAsync("Export everything published");
        Assert.True(File.Exists(Path.Combine(desk.Unpacked, $"postmortems/PM-{published}/PM-{published}.pdf")));
        Assert.Equal(0, (await desk.VerifyAsync(Ct)).Code);
        await using (var zip = File.Open(desk.Zip, FileMode.Open))
            zip.SetLength(zip.Length / 2);
        var cut = await desk.VerifyAsync(Ct);
        Assert.Equal(1, cut.Code);
        Assert.Contains("The archive does not hold", cut.Printed, StringComparison.Ordinal);

        foreach (var (action, on) in new[] { ("incident.read", $"INC-{restricted}"), ("archive.export-requested", "Archive"), ("archive.downloaded", "Archive") })
        {
            await auditor.GoToAsync($"/audit?action={action}&actor=Aino");
            await Assertions.Expect(page.Locator("tbody tr", new() { HasText = on }).First).ToContainTextAsync("Aino Auditor");
        }
        await auditor.GoToAsync("/audit");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        Assert.Contains("archive.downloaded", await File.ReadAllTextAsync(await download.PathAsync(), Ct), StringComparison.Ordinal);
        await auditor.GoToAsync("/audit?action=audit.exported&actor=Aino");
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("Aino Auditor");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the chain" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Chain intact", new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Buttons, and links to pages on which something is changed.</summary>
    private static async Task<IReadOnlyList<string>> OfferedAsync(IPage page)
    {
        var found = new List<string>();
        foreach (var button in await page.Locator("main").GetByRole(AriaRole.Button).AllAsync())
            found.Add((await button.GetAttributeAsync("aria-label") ?? await button.InnerTextAsync()).Trim());
        foreach (var link in await page.Locator("main a[href]").AllAsync())
        {
            if (Changing().IsMatch(await link.GetAttributeAsync("href") ?? ""))
                found.Add((await link.InnerTextAsync()).Trim());
        }
        if (await page.Locator("main textarea, main input[type=file], #line").CountAsync() > 0)
            found.Add("a field to write in");
        return [.. found.Where(f => !Harmless.Any(h => f.StartsWith(h, StringComparison.Ordinal)))];
    }

    private async Task<int> RestrictAsync()
    {
        var incident = (await portal.Api.PostAsync("/incidents", new { title = "Keys were read", severity = "sev1", services = Array.Empty<string>() }, Ct)).GetInt32();
        await portal.Api.PutAsync($"/incidents/{incident}/restriction", new { readers = new[] { portal.Data.Auditor.Id } }, Ct);
        return incident;
    }

    private async Task<int> PublishAsync()
    {
        var number = (await portal.Api.PostAsync("/postmortems", new { title = "What auditors read", body = "The queue stood still." }, Ct)).GetInt32();
        await portal.Api.PostAsync($"/postmortems/{number}/submit", new { }, Ct);
        await portal.People.PostAsync(portal.Data.Owner, $"/postmortems/{number}/approve", new { revision = 1 }, Ct);
        await portal.Api.PostAsync($"/postmortems/{number}/publish", new { }, Ct);
        return number;
    }

    [GeneratedRegex("/(new|edit|declare|propose|import)([?#/]|$)")]
    private static partial Regex Changing();
}
