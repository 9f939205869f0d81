using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Detection.Watching;

/// <summary>Reports of people within an hour, against the same hour of the week and those beside it in the weeks before.</summary>
public static class UnusualReports
{
    public const int Weeks = 12;
    private const int HoursOfWeek = 7 * 24;

    private static readonly CountedStretch Prior = new(0.5, 0);

    /// <summary>How far back the reports must be known.</summary>
    public static readonly TimeSpan Back = TimeSpan.FromHours(Weeks * HoursOfWeek + 2);

    /// <param name="byHoursAgo">How many people reported in each hour before <paramref name="end"/>: under 0 those of the last hour. Hours without any are left out.</param>
    /// <param name="since">From when on people could report it.</param>
    public static WatchFinding? Look(IReadOnlyDictionary<int, int> byHoursAgo, DateTimeOffset since, DateTimeOffset end)
    {
        var before = Enumerable.Range(1, Weeks).SelectMany(week => new[] { -1, 0, 1 }.Select(beside => week * HoursOfWeek + beside))
            .Where(ago => end.AddHours(-ago - 1) >= since).Select(ago => new CountedStretch(byHoursAgo.GetValueOrDefault(ago), 1)).ToList();
        var limit = FalseAlarms.Limit(FalseAlarms.ReportLooksEvery, 1);
        if (UnusualCounts.Judge(before, new(byHoursAgo.GetValueOrDefault(0), 1), Prior) is not { } judged || judged.PValue > limit)
            return null;
        var window = Interval.EndingAt(end, TimeSpan.FromHours(1));
        return new(
            $"{WatchFinding.Figure(judged.Observed)} people reported a problem within an hour, where about {judged.Expected.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} are usual at this hour of the week.",
            judged, null, window.Start, window.End, limit);
    }
}
