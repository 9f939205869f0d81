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
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");
            await TakeAsync(page, name, theme, width);
            var found = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") });
            Assert.True(found.Violations.Length == 0, string.Join("\n", found.Violations.Select(v => $"{v.Id}: {string.Join(", ", v.Nodes.Select(n => n.Html))}")));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page scrolls sideways.");
        }
    }
}
