namespace SloPortal.Web.Shared;

/// <summary>Answers many requests with few runs: at most one in each interval, one after the last request, never two at a time.</summary>
internal sealed class Throttle : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeSpan interval;
    private readonly Func<Task> run;
    private readonly ITimer timer;
    private bool asked;
    private bool running;

    public Throttle(TimeSpan interval, TimeProvider clock, Func<Task> run)
    {
        this.interval = interval;
        this.run = run;
        timer = clock.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From any thread.</summary>
    public void Ask()
    {
        lock (gate)
        {
            if (!asked && !running)
                timer.Change(interval, Timeout.InfiniteTimeSpan);
            asked = true;
        }
    }

    public void Dispose() => timer.Dispose();

    private async Task RunAsync()
    {
        lock (gate)
            (asked, running) = (false, true);
        try
        {
            await run();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The page has gone.
        }
        finally
        {
            lock (gate)
            {
                running = false;
                if (asked)
                    timer.Change(interval, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
