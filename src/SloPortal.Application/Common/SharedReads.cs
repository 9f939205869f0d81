using Microsoft.Extensions.Caching.Memory;

namespace SloPortal.Application.Common;

/// <summary>
/// Readings that many people ask for between two changes, each made once: what they show changes with an evaluation or an agreement,
/// of which every portal is told. A reading is kept for <see cref="Freshness"/> at the most, in case a notice is lost and because a
/// version may take effect without one.
/// </summary>
public sealed class SharedReads : IDisposable
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    /// <summary>Any notice that begins so ends all readings; samples, which come all the time, do not.</summary>
    private static readonly string[] Topics = ["objective", "dependencies", "budgets", "proposals", "alerts", "services", "teams", "people", "slis", "incidents", "postmortems", "actions", "contracts", "notices", "on-call"];

    private readonly IMemoryCache cache;
    private readonly TimeProvider clock;
    private readonly List<IDisposable> subscriptions;
    private long generation;

    public SharedReads(IMemoryCache cache, PortalEvents events, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.cache = cache;
        this.clock = clock;
        subscriptions = [.. Topics.Select(topic => events.SubscribeFirst(topic, _ => Interlocked.Increment(ref generation)))];
    }

    /// <param name="key">The request, and the actor too where the answer depends on who asks. Permission is the caller's to check first.</param>
    /// <param name="read">Makes the reading when nobody has since the last notice. Who asked first may leave before it ends, so it gets a token of its own.</param>
    /// <param name="ct">Ends the wait for the reading.</param>
    public async Task<T> GetAsync<T>(object key, Func<CancellationToken, Task<T>> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(read);
        // What was begun before a notice, or in an earlier stretch of time, is kept where nobody looks any more.
        var place = (typeof(T), Interlocked.Read(ref generation), clock.GetUtcNow().Ticks / Freshness.Ticks, key);
        var reading = cache.GetOrCreate(place, entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Freshness;
            return new Lazy<Task<T>>(() => read(CancellationToken.None));
        })!;
        try
        {
            return await reading.Value.WaitAsync(ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            cache.Remove(place);
            throw;
        }
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());
}
