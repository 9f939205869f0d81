using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>One question to a server: a selector and the stretch that is asked for.</summary>
/// <param name="Selector">What is asked.</param>
/// <param name="Range">How far back from the end of the window.</param>
/// <param name="KnownUntil">Until when it was pulled before this run; null for a selector that is new.</param>
internal sealed record PullQuestion(SeriesSelector Selector, TimeSpan Range, DateTimeOffset? KnownUntil);

/// <summary>The questions about one window. Their answers are taken together, so that each series comes once and in order.</summary>
internal sealed record PullWindow(DateTimeOffset End, IReadOnlyList<PullQuestion> Questions);

/// <summary>
/// Which stretches of which selectors are still to be pulled: windows from the oldest on, so that every series is taken in
/// order. A new selector begins some hours back, one that was pulled before a little before its position, as servers take samples late.
/// </summary>
internal sealed class PullPlan
{
    /// <summary>The longest stretch of one question.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>How far back a new selector begins: as far as a preview looks.</summary>
    public static readonly TimeSpan FirstReach = TimeSpan.FromHours(6);

    /// <summary>How far back a pull catches up after it could not run.</summary>
    public static readonly TimeSpan LongestReach = TimeSpan.FromHours(24);

    /// <summary>How late a server may take a sample and still have it counted.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private readonly DateTimeOffset _now;
    private readonly List<Position> _positions;

    public PullPlan(IEnumerable<SeriesSelector> selectors, IReadOnlyDictionary<string, DateTimeOffset> pulledUntil, DateTimeOffset now)
    {
        _now = now;
        _positions = [.. selectors.Distinct().Select(s => pulledUntil.TryGetValue(s.ToString(), out var until)
            ? new Position(s, until, Max(until - Overlap, now - LongestReach))
            : new Position(s, null, now - FirstReach))];
    }

    /// <summary>The next window; null when all is asked up to now. Asking again takes the answers to the last one as stored.</summary>
    public PullWindow? Next()
    {
        var behind = _positions.Where(p => p.From < _now).ToArray();
        if (behind.Length == 0)
            return null;
        var start = behind.Min(p => p.From);
        var end = start + Window < _now ? start + Window : _now;
        var asked = behind.Where(p => p.From < end).ToArray();
        var window = new PullWindow(end, [.. asked.Select(p => new PullQuestion(p.Selector, end - p.From, p.KnownUntil))]);
        foreach (var position in asked)
            position.From = end;
        return window;
    }

    /// <summary>
    /// Until when the samples of a series are known by way of a selector that is ahead of this one. Older ones would be refused as
    /// too late; they were taken before, and the log has them.
    /// </summary>
    public long KnownBefore(PullQuestion question, LabelSet labels) => _positions
        .Where(p => p.KnownUntil is not null && (question.KnownUntil is null || p.KnownUntil > question.KnownUntil) && p.Selector.Selects(labels))
        .Select(p => p.KnownUntil!.Value.ToUnixTimeMilliseconds()).DefaultIfEmpty(long.MinValue).Max();

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed class Position(SeriesSelector selector, DateTimeOffset? knownUntil, DateTimeOffset from)
    {
        public SeriesSelector Selector => selector;

        public DateTimeOffset? KnownUntil => knownUntil;

        public DateTimeOffset From { get; set; } = from;
    }
}
