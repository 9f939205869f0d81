namespace SloPortal.Domain.Incidents.Detection.Watching;

/// <summary>
/// How often chance alone may put something on the watch list: about once a year for each thing that is looked at. The limit of one look is one ÷ the looks of a
/// year, shared out evenly where several things are looked at together (Bonferroni), so that the sum holds however these hang together. Product policy.
/// </summary>
public static class FalseAlarms
{
    public static readonly TimeSpan BurnLooksEvery = TimeSpan.FromHours(6);
    public static readonly TimeSpan ReportLooksEvery = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>The p-value from which on a look finds something.</summary>
    /// <param name="together">How many things share one false alarm a year.</param>
    public static double Limit(TimeSpan looksEvery, int together) => looksEvery / Year / Math.Max(1, together);

    /// <summary>The rate as people say it.</summary>
    public static string Words(WatchKind kind) => kind switch
    {
        WatchKind.SlowBurn => "Chance alone finds this about once a year in each objective.",
        WatchKind.OutlyingSegment => "Chance alone finds this about once a year among all segments of an objective.",
        WatchKind.Reports => "Chance alone finds this about once a year in each service.",
        WatchKind.ByHand => "Somebody put it here; nothing was computed.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
