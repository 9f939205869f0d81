using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>
/// Somebody at a browser of their own (a context with one page). What the browser complains about in its console, which includes
/// each violation of the content-security policy, fails the test unless it is expected.
/// </summary>
internal sealed class Visitor
{
    private readonly List<string> complaints = [];
    private readonly List<Regex> expected = [];

    private Visitor(IBrowserContext context, IPage page, string address)
    {
        Context = context;
        Page = page;
        Address = address;
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Of the portal that this visitor uses.</summary>
    public string Address { get; }

    public static async Task<Visitor> ComeAsync(string address, string? storageState, CancellationToken ct)
    {
        var browser = await Chromium.GetAsync(ct);
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address,
            StorageState = storageState,
            ViewportSize = new() { Width = 1440, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(15_000);
        if (Traces.AreKept)
            await context.Tracing.StartAsync(new() { Snapshots = true });
        var visitor = new Visitor(context, await context.NewPageAsync(), address);
        visitor.Listen();
        return visitor;
    }

    /// <summary>Opens a page and waits until it lives, if it is one that does.</summary>
    public async Task<IResponse> GoToAsync(string path)
    {
        // A page that loads itself again at that moment, as after a lost connection, leaves the first without an answer.
        var response = await Page.GotoAsync(path) ?? await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{path} gave no answer.");
        await WaitUntilAliveAsync();
        return response;
    }

    /// <summary>After something that loads a document: a form that was sent, a reload.</summary>
    public async Task LoadsAfterAsync(Func<Task> act, string url)
    {
        await act();
        await Page.WaitForURLAsync(url);
        await WaitUntilAliveAsync();
    }

    /// <summary>A complaint that belongs to the test, such as the status 404 of a page that is not there.</summary>
    public void Expects(string pattern) => expected.Add(new Regex(pattern));

    /// <summary>What the browser complained about without being expected to.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (complaints)
                return [.. complaints.Where(c => !expected.Any(e => e.IsMatch(c)))];
        }
    }

    public Task<string> StorageStateAsync() => Context.StorageStateAsync();

    /// <summary>A live page is busy until what the server drew answers the hand, and shows shapes until it has its data.</summary>
    private async Task WaitUntilAliveAsync()
    {
        await Assertions.Expect(Page.Locator("main[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await Assertions.Expect(Page.Locator(".skel:not(details:not([open]) *)")).ToHaveCountAsync(0);
    }

    private void Listen()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complain($"{message.Text} ({message.Location})");
        };
        Page.PageError += (_, error) => Complain($"Uncaught: {error}");
    }

    private void Complain(string complaint)
    {
        lock (complaints)
            complaints.Add(complaint);
    }
}
