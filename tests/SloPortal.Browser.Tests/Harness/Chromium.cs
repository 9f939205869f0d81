using Microsoft.Playwright;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>The one browser of the test process; each test opens contexts of its own in it.</summary>
internal static class Chromium
{
    private const string Whole = "/usr/bin/chromium";

    private static readonly Lazy<Task<IBrowser>> browser = new(LaunchAsync);

    private static readonly string[] arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>
    /// <c>SLOPORTAL_CHROMIUM</c>, or else the distribution's: first the one without windows, since the other draws a window with a toolbar
    /// for each visitor, though nobody sees it.
    /// </summary>
    private static string? Executable { get; } =
        new[] { Environment.GetEnvironmentVariable("SLOPORTAL_CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/opt/homebrew/bin/chromium" }
            .FirstOrDefault(File.Exists);

    public static bool IsFound => Executable is not null;

    /// <summary>Skips the test where there is no browser.</summary>
    public static async Task<IBrowser> GetAsync(CancellationToken ct)
    {
        Assert.SkipUnless(IsFound, "No Chromium was found. Install it (apt-get install chromium-headless-shell), or name one in SLOPORTAL_CHROMIUM.");
        return await browser.Value.WaitAsync(ct);
    }

    /// <summary>One that shows notifications, which the one without windows denies every site; for the caller to close.</summary>
    public static async Task<IBrowser> WithNotificationsAsync()
    {
        Assert.SkipUnless(File.Exists(Whole), $"No {Whole} was found. Install it (apt-get install chromium).");
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Whole, Args = [.. arguments, "--headless=new"] });
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        // What a page shows may take a busy machine longer than the five seconds that are usual.
        Assertions.SetDefaultExpectTimeout(20_000);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = arguments });
    }
}
