using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace SloPortal.Browser.Tests.Pages;

/// <summary><c>SLOPORTAL_SHOTS=folder</c> makes the walk over the pages keep a picture of each, as <c>name-width-theme.png</c>.</summary>
internal static class Pictures
{
    private static readonly string? folder = Environment.GetEnvironmentVariable("SLOPORTAL_SHOTS");

    public static bool AreTaken => !string.IsNullOrEmpty(folder);

    public static async Task TakeAsync(IPage page, string name, ColorScheme theme, int width)
    {
        if (!AreTaken)
            return;
        var path = Path.Combine(Directory.CreateDirectory(folder!).FullName, $"{name}-{width}-{(theme == ColorScheme.Dark ? "dark" : "light")}.png");
        await page.ScreenshotAsync(new() { Path = path, FullPage = true });
    }

    /// <summary>Takes the page as it stands wide and light, and on a phone and dark; neither breaks a rule of accessibility or scrolls sideways.</summary>
    public static async Task LookAsync(IPage page, string name)
    {
        foreach (var (theme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1440), (ColorScheme.Dark, 390)])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(width, 900);
            await DrawnAsync(page);
            await TakeAsync(page, name, theme, width);
            var found = await ViolationsAsync(page);
            // What was hidden when the theme changed has the colours of the other for a moment after it is shown.
            if (found.Length > 0)
            {
                await DrawnAsync(page);
                found = await ViolationsAsync(page);
            }
            Assert.True(found.Length == 0, string.Join("\n", found.Select(v => $"{v.Id}: {string.Join(", ", v.Nodes.Select(n => n.Html))}")));
            Assert.True(await FitsAsync(page), "The page scrolls sideways.");
        }
    }

    /// <summary>A screen that has just become narrow may be measured before its parts have been; what is too wide stays so.</summary>
    private static async Task<bool> FitsAsync(IPage page)
    {
        for (var look = 0; look < 10; look++)
        {
            if (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                return true;
            await Task.Delay(100);
        }
        return false;
    }

    private static async Task DrawnAsync(IPage page) => await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");

    private static async Task<AxeResultItem[]> ViolationsAsync(IPage page) =>
        (await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") })).Violations;
}
