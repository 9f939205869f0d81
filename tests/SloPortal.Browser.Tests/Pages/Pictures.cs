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
}
