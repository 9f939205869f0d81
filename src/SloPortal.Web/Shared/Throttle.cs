namespace SloPortal.Web.Shared;

/// <summary>Answers many requests with few runs: at most one in each interval, and one after the last request.</summary>
internal sealed class Throttle : IDisposable
{
    private readonly TimeSpan interval;
    private readonly Func<Task> run;
    private readonly ITimer timer;
    private int asked;

    public Throttle(TimeSpan interval, TimeProvider clock, Func<Task> run)
    {
        this.interval = interval;
        this.run = run;
        timer = clock.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From any thread.</summary>
    public void Ask()
    {
        if (Interlocked.Exchange(ref asked, 1) == 0)
            timer.Change(interval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    private async Task RunAsync()
    {
        Interlocked.Exchange(ref asked, 0);
        try
        {
            await run();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page has gone.
        }
    }
}
