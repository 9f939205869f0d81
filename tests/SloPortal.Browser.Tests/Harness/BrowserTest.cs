using Microsoft.Playwright;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>
/// A test with visitors. At its end no browser may have complained; of a failed test each visitor's picture is kept, and with
/// <c>SLOPORTAL_TRACES=1</c> their Playwright trace (open one with <c>npx playwright show-trace</c>).
/// </summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private readonly List<Visitor> visitors = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => await Chromium.GetAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var complaints = visitors.SelectMany(v => v.Complaints).ToList();
        var failed = complaints.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var (visitor, i) in visitors.Select((v, i) => (v, i)))
        {
            if (failed)
                await KeepAsync(visitor, i);
            await visitor.Context.CloseAsync();
        }
        await LeaveAsync();
        Assert.True(complaints.Count == 0, $"The browser complained:\n{string.Join('\n', complaints)}");
    }

    /// <summary>What a class must end itself, after its visitors have gone.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;

    /// <summary>A new visitor, who is signed in when a storage state is given.</summary>
    private protected async Task<Visitor> ComeAsync(string address, string? storageState = null)
    {
        var visitor = await Visitor.ComeAsync(address, storageState, Ct);
        visitors.Add(visitor);
        return visitor;
    }

    private static async Task KeepAsync(Visitor visitor, int number)
    {
        var test = TestContext.Current.Test?.TestDisplayName ?? "test";
        var name = string.Concat(test.Split('.').Skip(3).DefaultIfEmpty(test).Select(p => p.Replace('/', '-'))) + $"-{number}";
        name = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        try
        {
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(PortalPlaces.Artifacts, $"{name}.png"), FullPage = true });
            if (Traces.AreKept)
                await visitor.Context.Tracing.StopAsync(new() { Path = Path.Combine(PortalPlaces.Artifacts, $"{name}.zip") });
        }
        catch (PlaywrightException)
        {
            // The browser itself failed; the test says how.
        }
    }
}
