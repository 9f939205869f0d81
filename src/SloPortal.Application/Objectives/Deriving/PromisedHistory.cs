using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Deriving;

/// <summary>
/// The minutes of an SLI as a promise counts them: as was decided for it, all or without those that vendors took away. What is signed is read here, before
/// there are counts of its own for it.
/// </summary>
public sealed class PromisedHistory(IDbContextFactory<PortalDbContext> contexts, SliCounts counts, DependencyMeasures measures)
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
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await MeasuredAsync(await DerivedSeries.OfSliAsync(db, sli.Id, ct), sli.ServiceId, externals, stretch, ct);
    }

    /// <summary>The same of what was measured, whatever was decided.</summary>
    /// <param name="countsId">Under which it stands.</param>
    /// <param name="serviceId">Whose vendors are left out.</param>
    internal async Task<MinuteCounts?> MeasuredAsync(int countsId, Guid serviceId, ExternalFailures externals, Interval stretch, CancellationToken ct)
    {
        var minutes = await counts.MinutesAsync(countsId, stretch, ct);
        if (minutes is null || externals == ExternalFailures.Counted)
            return minutes;
        return minutes.Without((await measures.ExternalsAsync(serviceId, minutes.Covered, ct)).Lost);
    }

    internal static DateTimeOffset LastWholeHour(DateTimeOffset now) => MinuteClock.Floor(now, TimeSpan.FromHours(1));
}
