using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Segments;

/// <summary>One segment of an SLI.</summary>
/// <param name="Labels">Of its split.</param>
/// <param name="Values">In their order; none for what is counted together.</param>
/// <param name="Since">From when on the segments of the split together are the SLI.</param>
/// <param name="EndedAt">From when on nothing is counted by the split; null while it is in force.</param>
public sealed record SegmentDetails(
    int Id, int SliId, string SliName, string Service, string ServiceName, IReadOnlyList<string> Labels, IReadOnlyList<string> Values, bool IsOther, int Cap, DateTimeOffset Since, DateTimeOffset? EndedAt);

/// <summary>What a segment is; its counts are read as those of an SLI.</summary>
public sealed record GetSegment(int SliId, int Segment)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<SegmentDetails>> HandleAsync(GetSegment request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from segment in db.SliSegments.AsNoTracking()
                               join split in db.SliSplits on segment.SplitId equals split.Id
                               join sli in db.Slis on segment.SliId equals sli.Id
                               join service in db.Services on sli.ServiceId equals service.Id
                               where segment.Id == request.Segment && segment.SliId == request.SliId
                               select new { segment, split, sli.Name, service.Slug, ServiceName = service.Name }).SingleOrDefaultAsync(ct);
            return found is null ? Refusal.NotFound("The segment") : new SegmentDetails(
                found.segment.Id, request.SliId, found.Name, found.Slug, found.ServiceName, found.split.Labels, found.segment.LabelValues, found.segment.IsOther, found.split.Cap, found.split.Since, found.split.EndedAt);
        }
    }
}
