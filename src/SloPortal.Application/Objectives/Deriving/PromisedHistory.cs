using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>
/// The minutes of an SLI as a promise counts them: all, or without those that vendors took away. What is signed is read here, before
/// there are counts of its own for it.
/// </summary>
public sealed class PromisedHistory(SliCounts counts, DependencyMeasures measures)
{
    /// <summary>How far back counts are kept; a window cannot be longer.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(400);

    /// <summary>
    /// Whole hours, since the one that runs now would be judged by its first minutes; only who began in this very hour sees its minutes.
    /// Null where nothing was counted.
    /// </summary>
    internal async Task<MinuteCounts?> ReadAsync(Sli sli, ExternalFailures externals, DateTimeOffset now, CancellationToken ct)
    {
        var hour = LastWholeHour(now);
        return await InAsync(sli, externals, new Interval(hour - Retention, hour), ct)
            ?? await InAsync(sli, externals, new Interval(hour, MinuteClock.Floor(now).AddMinutes(1)), ct);
    }

    /// <summary>As much of a stretch as has counts; null where it has none.</summary>
    internal async Task<MinuteCounts?> InAsync(Sli sli, ExternalFailures externals, Interval stretch, CancellationToken ct)
    {
        var minutes = await counts.MinutesAsync(sli.Id, stretch, ct);
        if (minutes is null || externals == ExternalFailures.Counted)
            return minutes;
        return minutes.Without((await measures.ExternalsAsync(sli.ServiceId, minutes.Covered, ct)).Lost);
    }

    internal static DateTimeOffset LastWholeHour(DateTimeOffset now) => MinuteClock.Floor(now, TimeSpan.FromHours(1));
}
