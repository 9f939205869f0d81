using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>
/// Holds each pair of measurements against each other, by the last whole hours: opens a finding where they do not agree for longer than was said, follows it,
/// and closes it when they agree again. What a person closed is opened again only after they agreed in between, or once a week while it lasts.
/// </summary>
public sealed class FindDisagreements(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, SliCounts counts) : IPass
{
    /// <summary>Later samples of an hour are waited for.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(7);

    public string Name => "find-disagreements";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        List<SliMeasurement> pairs;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            pairs = await (from m in db.SliMeasurements.AsNoTracking()
                           join sli in db.Slis on m.SliId equals sli.Id
                           join other in db.Slis on m.OtherSliId equals other.Id
                           where m.RemovedAt == null && sli.ArchivedAt == null && other.ArchivedAt == null
                           select m).ToListAsync(ct);
        }

        var span = Interval.EndingAt(MinuteClock.Floor(now - Settles, TimeSpan.FromHours(1)), LooksBack);
        foreach (var pair in pairs)
        {
            var hours = await HoursAsync(pair, span, ct);
            foreach (var kind in Enum.GetValues<FindingKind>())
                await JudgeAsync(pair, kind, hours, ct);
        }
    }

    private async Task<IReadOnlyList<ComparedHour>> HoursAsync(SliMeasurement pair, Interval span, CancellationToken ct)
    {
        var first = (await counts.BucketsAsync(pair.SliId, span, BucketSize.Hour, ct)).ToDictionary(b => b.Start, b => b.Counts);
        var second = (await counts.BucketsAsync(pair.OtherSliId, span, BucketSize.Hour, ct)).ToDictionary(b => b.Start, b => b.Counts);
        return [.. Enumerable.Range(0, (int)span.Length.TotalHours).Select(i => span.Start.AddHours(i)).Select(hour => new ComparedHour(hour, first.GetValueOrDefault(hour), second.GetValueOrDefault(hour)))];
    }

    private async Task JudgeAsync(SliMeasurement pair, FindingKind kind, IReadOnlyList<ComparedHour> hours, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await db.MeasurementFindings.Where(f => f.MeasurementId == pair.Id && f.Kind == kind).OrderByDescending(f => f.OpenedAt).FirstOrDefaultAsync(ct);
        var run = Disagreement.RunOf(kind, hours, pair.Tolerance);
        if (last is { State: FindingState.Open })
        {
            if (Disagreement.IsOver(kind, hours, pair.Tolerance))
                await AgreeAsync(pair, last.Id, ct);
            else if (run?.Hours[^1].Start > last.LastHour)
            {
                last.Follow(run);
                await db.SaveChangesAsync(ct);
            }
        }
        else if (run is not null && !(run.Since <= last?.ClosedAt))
        {
            await OpenAsync(pair, run, ct);
        }
    }

    private Task<Outcome<Done>> OpenAsync(SliMeasurement pair, DisagreementRun run, CancellationToken ct) =>
        work.ChangeAsync<Guid, Done>(pair.Id, Actor.System("measurements"), Permission.Administer, async change =>
        {
            var (sli, other) = (await change.Db.Slis.AsNoTracking().SingleAsync(s => s.Id == pair.SliId, ct), await change.Db.Slis.AsNoTracking().SingleAsync(s => s.Id == pair.OtherSliId, ct));
            var finding = new MeasurementFinding(Guid.CreateVersion7(change.Now), pair, run, change.Now);
            change.Db.MeasurementFindings.Add(finding);
            var owners = await (from s in change.Db.Services
                                join m in change.Db.TeamMembers on s.OwnerTeamId equals m.TeamId
                                join p in change.Db.Users on m.PersonId equals p.Id
                                where s.Id == sli.ServiceId && p.DisabledAt == null
                                select p.Id).ToListAsync(ct);
            change.Tell(owners, FindingText.Of(finding.Kind, finding.Hours, finding.LargestPoints, sli.Name, other.Name), $"/slis/{sli.Id}/compare/{other.Id}", byMail: true);
            change.Audit("sli.measurements-disagree", "sli", sli.Id, sli.Name, new { finding.Kind, finding.Since, finding.Hours, finding.LargestPoints, Other = other.Name, OtherId = other.Id });
            MeasurementToChange.Publish(change);
            return Done.Value;
        }, ct);

    private Task<Outcome<Done>> AgreeAsync(SliMeasurement pair, Guid id, CancellationToken ct) =>
        work.ChangeAsync<Guid, Done>(id, Actor.System("measurements"), Permission.Administer, async change =>
        {
            var (sli, finding) = (await change.Db.Slis.AsNoTracking().SingleAsync(s => s.Id == pair.SliId, ct), await change.Db.MeasurementFindings.SingleAsync(f => f.Id == id, ct));
            finding.Agree(change.Now);
            change.Audit("sli.measurements-agree", "sli", sli.Id, sli.Name, new { finding.Kind, finding.Since, finding.Hours, OtherId = pair.OtherSliId });
            MeasurementToChange.Publish(change);
            return Done.Value;
        }, ct);
}
