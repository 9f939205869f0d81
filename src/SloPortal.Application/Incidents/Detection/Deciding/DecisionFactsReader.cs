using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Application.Measurement;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Deciding;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Incidents.Detection.Deciding;

/// <summary>What the portal knows of a breach as it is proposed. What nobody measured or said stays unknown.</summary>
public sealed class DecisionFactsReader(SliCounts counts, GetScore.Handler scores)
{
    private static readonly Actor Portal = Actor.System("signals");

    /// <summary>The figures of the alert are as they stood when it fired; tier and users as they are now.</summary>
    public async Task<DecisionFacts> ReadAsync(PortalDbContext db, Guid alertId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = await (from a in db.Alerts.AsNoTracking()
                           join v in db.ObjectiveVersions on a.VersionId equals v.Id
                           join o in db.Objectives on a.ObjectiveId equals o.Id
                           join s in db.Services on o.ServiceId equals s.Id
                           where a.Id == alertId
                           select new { Alert = a, v.Window, v.SliId, Service = s.Slug }).SingleAsync(ct);
        var score = (await scores.HandleAsync(new GetScore(found.Service), Portal, ct)).Require();
        // A scorecard that nobody has told anything counts dependants alone; what the owners declared says more.
        var (tier, origin) = score switch
        {
            { Override: { } decided } => (decided.Tier, TierOrigin.Decided),
            { ImpactVersion: not null } => (score.Score.Tier, TierOrigin.Scorecard),
            _ => (score.Declared, TierOrigin.Declared),
        };
        var alert = found.Alert;
        var (share, segment, gap) = await SegmentAsync(db, found.SliId, Interval.EndingAt(alert.FiredAt, alert.LongWindow), ct);
        return new DecisionFacts(
            alert.LeftShare is { } left ? DecisionFacts.Rounded((1 - left) * 100) : null, found.Window.Phrase, DecisionFacts.Rounded(alert.LongBurn), (int)alert.LongWindow.TotalMinutes,
            tier, origin, score.Inputs.Users, share, segment, gap);
    }

    /// <summary>The segment with the most failures; those beyond the cap are counted together and are none.</summary>
    private async Task<(double? Percent, string? Segment, SegmentGap? Gap)> SegmentAsync(PortalDbContext db, int sliId, Interval window, CancellationToken ct)
    {
        if (await db.SliSplits.AsNoTracking().SingleOrDefaultAsync(s => s.SliId == sliId && s.EndedAt == null, ct) is not { } split)
            return (null, null, SegmentGap.NotSplit);
        if (split.Since > window.Start)
            return (null, null, SegmentGap.SplitLater);
        var segments = await db.SliSegments.AsNoTracking().Where(s => s.SplitId == split.Id).ToDictionaryAsync(s => s.Id, ct);
        int[] ids = [.. segments.Keys];
        var found = await counts.InAsync([.. ids.Select(id => new CountsAsked(id, window))], ct);
        var most = SegmentStanding.Rank([.. ids.Select((id, i) => (id, found[i]))], null).FirstOrDefault(s => !segments[s.SegmentId].IsOther);
        return most?.ShareOfBad is { } share
            ? (DecisionFacts.Rounded(share * 100), string.Join(", ", segments[most.SegmentId].LabelValues.Select(SliSegment.Shown)), null)
            : (null, null, SegmentGap.NoFailures);
    }
}
