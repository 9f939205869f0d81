namespace SloPortal.Browser.Tests.Story;

/// <summary>Requests to the portal that fail (401, without a token), some each second until it is disposed.</summary>
internal sealed class FailingRequests : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http;
    private readonly Task sending;

    public FailingRequests(string address)
    {
        http = new HttpClient { BaseAddress = new Uri(address) };
        sending = SendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await sending;
        http.Dispose();
        stop.Dispose();
    }

    private async Task SendAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
                using (await http.GetAsync(new Uri("/api/v1/me", UriKind.Relative), stop.Token))
                {
                }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The test has seen what it wanted.
        }
    }
}
