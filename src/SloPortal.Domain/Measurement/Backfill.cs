namespace SloPortal.Domain.Measurement;

/// <summary>A sample of a series as a back-fill keeps it.</summary>
/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Value">Its value.</param>
public sealed record BackfillSample(long Time, double Value);

/// <summary>One series of a back-fill.</summary>
/// <param name="Labels">The labels, as JSON.</param>
/// <param name="Last">The newest sample that the back-fill counted, which the next one rises from; null before the first.</param>
/// <param name="Head">The oldest sample from which it is counted live; null where it is not.</param>
public sealed record BackfillSeries(string Labels, BackfillSample? Last, BackfillSample? Head);

/// <summary>
/// The history of a new SLI on its way from the server that is pulled into the counts: from some weeks ago up to where each series is counted
/// live. How far it has come is stored with what it counted, so that it goes on after an interruption and counts nothing twice.
/// </summary>
public sealed class Backfill
{
    /// <summary>How far back it begins.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    private Backfill() { }

    /// <param name="sliId">A new SLI.</param>
    /// <param name="reach">How far back it begins, at most as long as minutes are kept.</param>
    /// <param name="now">When the SLI was made: later samples are counted live.</param>
    /// <param name="heads">The series that are counted live already.</param>
    public Backfill(int sliId, TimeSpan reach, DateTimeOffset now, IReadOnlyList<BackfillSeries> heads)
    {
        SliId = sliId;
        Until = now;
        Since = DoneUntil = Common.MinuteClock.Floor(now - reach);
        Series = heads;
    }

    public int SliId { get; private set; }
    public DateTimeOffset Since { get; private set; }
    public DateTimeOffset Until { get; private set; }

    /// <summary>What is counted.</summary>
    public DateTimeOffset DoneUntil { get; private set; }

    /// <summary>Whether all heads are known: the pull has come to the selectors of the SLI.</summary>
    public bool HasHeads { get; private set; }

    public IReadOnlyList<BackfillSeries> Series { get; private set; } = [];

    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>When it failed last; null when the last attempt succeeded.</summary>
    public DateTimeOffset? FailedAt { get; private set; }

    /// <summary>Why, a sentence.</summary>
    public string? Problem { get; private set; }

    public void Meet(IReadOnlyList<BackfillSeries> heads) => (HasHeads, Series) = (true, heads);

    /// <summary>Notes that a window is counted.</summary>
    public void Advance(DateTimeOffset until, IReadOnlyList<BackfillSeries> series, DateTimeOffset now)
    {
        (DoneUntil, Series, FailedAt, Problem) = (until, series, null, null);
        if (until < Until)
            return;
        // Nobody rises from them any more.
        (FinishedAt, Series) = (now, []);
    }

    public void Fail(string problem, DateTimeOffset now) => (Problem, FailedAt) = (problem, now);
}
