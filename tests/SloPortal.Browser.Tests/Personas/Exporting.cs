using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Personas;

internal static class Exporting
{
    /// <summary>Asks for an export on the page where the visitor is, waits until it is made, and takes it with the portal's key to a desk elsewhere.</summary>
    public static async Task<AuditorsDesk> ExportAsync(this Visitor visitor, string button)
    {
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        var download = page.GetByRole(AriaRole.Link, new() { Name = "Download" }).First;
        await Assertions.Expect(download).ToBeVisibleAsync(new() { Timeout = 60_000 });
        var pem = await page.Locator("#archive-key").InnerTextAsync();
        return await AuditorsDesk.LayOutAsync(async path => await (await page.RunAndWaitForDownloadAsync(() => download.ClickAsync())).SaveAsAsync(path), pem);
    }
}
