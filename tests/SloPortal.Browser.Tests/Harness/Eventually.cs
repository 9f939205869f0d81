using System.Diagnostics;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>Waiting for something that another process does. The limit is for a broken program, not a measure of a good one.</summary>
internal static class Eventually
{
    public static async Task<T> GetAsync<T>(string what, TimeSpan limit, Func<CancellationToken, Task<T?>> read, CancellationToken ct)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        Exception? last = null;
        while (true)
        {
            try
            {
                if (await read(ct) is { } value)
                    return value;
                last = null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException && !ct.IsCancellationRequested)
            {
                last = e;
            }
            if (watch.Elapsed > limit)
                throw new TimeoutException($"Waited {limit.TotalSeconds:0} s for {what}.", last);
            await Task.Delay(100, ct);
        }
    }

    public static async Task HoldsAsync(string what, TimeSpan limit, Func<CancellationToken, Task<bool>> holds, CancellationToken ct) =>
        await GetAsync(what, limit, async token => await holds(token) ? "yes" : null, ct);
}
