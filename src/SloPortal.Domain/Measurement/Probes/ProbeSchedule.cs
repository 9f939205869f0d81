namespace SloPortal.Domain.Measurement.Probes;

/// <summary>When a probe runs: every interval, at an instant within it that its number and the location decide, so that not all run at once.</summary>
public static class ProbeSchedule
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The first instant after <paramref name="now"/> at which it runs. The same for everybody who asks.</summary>
    public static DateTimeOffset Next(int probe, string location, TimeSpan every, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(location);
        // FNV-1a, since string hashes differ between programs.
        var hash = 2166136261u;
        foreach (var c in $"{probe}/{location}")
            hash = (hash ^ c) * 16777619u;
        var offset = (long)(hash % (ulong)every.TotalMilliseconds) * TimeSpan.TicksPerMillisecond;
        var since = now.UtcTicks - offset;
        return new DateTimeOffset(now.UtcTicks - (since % every.Ticks) + every.Ticks, TimeSpan.Zero);
    }
}
