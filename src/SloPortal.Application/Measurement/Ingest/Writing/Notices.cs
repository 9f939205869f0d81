namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>Keeps what is only for people from being written with every group.</summary>
internal sealed class Notices
{
    private static readonly TimeSpan WakePagesEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StampSourcesEvery = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, DateTimeOffset> _stamped = [];
    private DateTimeOffset _woken;

    /// <summary>Decides whether pages are woken with this group and which sources get a new time of last arrival.</summary>
    public void Choose(PendingGroup pending)
    {
        if (pending.Now - _woken >= WakePagesEvery)
        {
            pending.Notify = true;
            _woken = pending.Now;
        }

        foreach (var source in pending.Group.Tallies.Keys)
        {
            if (!_stamped.TryGetValue(source, out var at) || pending.Now - at >= StampSourcesEvery)
            {
                pending.Arrived.Add(source);
                _stamped[source] = pending.Now;
            }
        }
    }
}
