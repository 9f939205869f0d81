using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Measurement;

/// <summary>A log is pasted for an SLI that is made on the way, looked at, counted, and brought once more.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class BringFileTests(SeededPortal portal) : BrowserTest
{
    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Bring_PastedLog_IsSeenBeforeItCounts_AndCountsOnce(int width, ColorScheme theme)
    {
        var at = TimeProvider.System.GetUtcNow().AddHours(-2);
        string Line(int seconds, int status) => $"192.0.2.7 - - [{at.AddSeconds(seconds).ToString("dd/MMM/yyyy:HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} +0000] \"GET /cart HTTP/1.1\" {status} 512 \"-\" \"curl/8\"";
        var log = string.Join('\n', [.. Enumerable.Range(0, 30).Select(n => Line(n, n % 10 == 0 ? 500 : 200)), "not a line of this log"]);
        var visitor = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = visitor.Page;
        await page.EmulateMediaAsync(new() { ColorScheme = theme });
        await page.SetViewportSizeAsync(width, 900);

        await BringAsync(visitor, log, width);
        await Assertions.Expect(page.GetByText("30 rows would count 30 events, 27 of them good; 1 would be refused.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Written by")).ToHaveValueAsync("Apache or nginx, combined");
        await Pictures.TakeAsync(page, "file-mapping", theme, width);

        await page.GetByLabel("Good classes, separated by commas").FillAsync("2yy");
        await Assertions.Expect(page.GetByText("Give the classes that are good, such as 1xx, 2xx, 3xx, 4xx.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Count the rows" })).ToBeDisabledAsync();
        await Pictures.TakeAsync(page, "file-mapping-problem", theme, width);
        await page.GetByLabel("Good classes, separated by commas").FillAsync("2xx");
        await page.GetByLabel("Keep this mapping as").FillAsync($"Access log, {width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count the rows" }).ClickAsync();
        await Assertions.Expect(page.GetByText("30 of 31 rows were kept, 1 was refused.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("not a line of this log")).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "file-counted", theme, width);

        await page.GetByRole(AriaRole.Link, new() { Name = "Bring the next file" }).ClickAsync();
        await PasteAsync(page, log[..log.LastIndexOf('\n')]);
        await Assertions.Expect(page.GetByText("30 are known already and count no second time.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Count the rows" }).ClickAsync();
        await Assertions.Expect(page.GetByText("All its rows were known already, so nothing changed.")).ToBeVisibleAsync();
    }

    private static async Task BringAsync(Visitor visitor, string log, int width)
    {
        var page = visitor.Page;
        await visitor.GoToAsync("/sources");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bring a file" }).ClickAsync();
        await page.GetByLabel("Counts for").SelectOptionAsync(new SelectOptionValue { Label = "A new SLI…" });
        await page.GetByLabel("Service", new() { Exact = true }).SelectOptionAsync("checkout");
        await page.GetByLabel("Name of the SLI").FillAsync($"Carts opened {width}");
        await PasteAsync(page, log);
    }

    private static async Task PasteAsync(IPage page, string log)
    {
        await page.GetByLabel("Or paste rows").FillAsync(log);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at the rows" }).ClickAsync();
    }
}
