using System.Text;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>A scribe brings what a load balancer logged, and takes the whole timeline away.</summary>
public sealed class EntryFileTests() : OwnPortalTest("entry-file")
{
    [Fact]
    public async Task File_Brought_StandsInTheTimelineOnceAndInTheExport()
    {
        var now = TimeProvider.System.GetUtcNow();
        var incident = (await Api.PostAsync("/incidents", new { title = "Orders fail after release 7.42", severity = "sev2", services = Array.Empty<string>(), startedAt = now.AddHours(-1) }, Ct)).GetInt32();
        var csv = $"time,text,author\n{now.AddMinutes(-30):O},It answers 502 for one in four,\nyesterday,Nobody knows when,omar\n{now.AddMinutes(-20):O},The pool is empty,omar\n";
        var visitor = await ComeAsync(Portal.Address);
        await visitor.SignInAsync(RunningPortal.AdminEmail);
        var page = visitor.Page;
        await page.SetViewportSizeAsync(390, 844);

        await visitor.GoToAsync($"/incidents/{incident}");
        await BringAsync(page, csv);
        await Assertions.Expect(page.Locator(".chat")).ToContainTextAsync("2 entries were read.");
        await Assertions.Expect(page.Locator(".chat")).ToContainTextAsync("Line 3: \"yesterday\" is no time.");
        await Pictures.LookAsync(page, "entry-file");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 2 entries" }).ClickAsync();
        await Assertions.Expect(page.Locator(".chat")).ToContainTextAsync("2 entries are in the timeline.");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("omar in load balancer, brought by admin");

        await page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await BringAsync(page, csv);
        await Assertions.Expect(page.Locator(".chat")).ToContainTextAsync("2 of them in the timeline already");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV", Exact = true }).ClickAsync());
        Assert.Equal($"INC-{incident}-timeline.csv", download.SuggestedFilename);
        Assert.Contains(",load balancer,", await File.ReadAllTextAsync(await download.PathAsync(), Ct), StringComparison.Ordinal);
    }

    private static async Task BringAsync(IPage page, string csv)
    {
        await page.Locator(".menu > summary").Filter(new() { HasText = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring a file" }).ClickAsync();
        await page.GetByLabel("What made it").FillAsync("load balancer");
        await page.GetByLabel("CSV or JSON").SetInputFilesAsync(new FilePayload { Name = "log.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true }).ClickAsync();
    }
}
