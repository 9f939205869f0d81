using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>One of two SLIs that are compared.</summary>
public sealed record ComparedSli(int Id, string Name, string Service, string ServiceName, ComparedSide Side);

/// <summary>Two measurements of the same thing, hour by hour.</summary>
/// <param name="From">Start of the first hour.</param>
/// <param name="To">End of the last whole hour.</param>
/// <param name="BadBelowPercent">The good share below which an hour is called bad: the strictest target in force on the first SLI, 99 where there is none, or what was asked.</param>
/// <param name="TolerancePoints">Of the pair; 1 where nobody said how closely they ought to agree.</param>
/// <param name="IsPair">Whether somebody said that they measure the same.</param>
/// <param name="Rule">By which one is trusted.</param>
/// <param name="Objective">One that the first SLI measures, whose story shows an hour.</param>
public sealed record ComparisonTold(
    ComparedSli First, ComparedSli Second, DateTimeOffset From, DateTimeOffset To, decimal BadBelowPercent, decimal TolerancePoints, bool IsPair, IReadOnlyList<ComparedHour> Hours,
    double? Bias, double? LargestDifference, AgreementTable Table, Lag Lag, Trusted Trusted, string Rule, SliUser? Objective);

/// <summary>Compares two SLIs over the last whole hours.</summary>
/// <param name="Days">7, 30 or 90.</param>
/// <param name="BadBelowPercent">The good share below which an hour or a minute is bad, in percent.</param>
public sealed record CompareSlis(int Id, int Other, int Days = 7, decimal? BadBelowPercent = null)
{
    public static readonly IReadOnlyList<int> Spans = [7, 30, 90];

    /// <summary>Where no objective says what is bad. Product policy, as <see cref="UsualTolerance"/>.</summary>
    private const decimal UsualBadBelow = 99;

    private const decimal UsualTolerance = 1;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SliCounts counts, ISliUse use, TimeProvider clock)
    {
        public async Task<Outcome<ComparisonTold>> HandleAsync(CompareSlis request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (!Spans.Contains(request.Days))
                return Refusal.Invalid(nameof(Days), "Compare 7, 30 or 90 days.");
            if (request.BadBelowPercent is <= 0 or > 100)
                return Refusal.Invalid(nameof(BadBelowPercent), "Give a percentage above 0 and at most 100.");
            if (request.Id == request.Other)
                return Refusal.Invalid(nameof(Other), "Choose another SLI; one always agrees with itself.");
            var now = clock.GetUtcNowInMicroseconds();
            var hour = MinuteClock.Floor(now, TimeSpan.FromHours(1));
            await using var db = await contexts.CreateDbContextAsync(ct);
            var slis = await (from sli in db.Slis.AsNoTracking()
                              join service in db.Services on sli.ServiceId equals service.Id
                              where sli.Id == request.Id || sli.Id == request.Other
                              select new { sli.Id, sli.Name, service.Slug, ServiceName = service.Name }).ToDictionaryAsync(s => s.Id, ct);
            if (!slis.TryGetValue(request.Id, out var one) || !slis.TryGetValue(request.Other, out var two))
                return Refusal.NotFound("The SLI");
            var pair = await db.SliMeasurements.AsNoTracking().FirstOrDefaultAsync(m => m.RemovedAt == null
                && ((m.SliId == request.Id && m.OtherSliId == request.Other) || (m.SliId == request.Other && m.OtherSliId == request.Id)), ct);
            var users = (await use.OfAsync(db, request.Id, now, ct)).Where(u => u.State == SliUseState.InForce).ToList();
            var badBelow = request.BadBelowPercent ?? (users.Count > 0 ? users.Max(u => u.TargetPercent) : UsualBadBelow);
            var span = Interval.EndingAt(hour, TimeSpan.FromDays(request.Days));
            var told = Comparison.Of(await MinutesAsync(request.Id, span, ct), await MinutesAsync(request.Other, span, ct), (double)badBelow / 100);
            var tolerance = pair?.TolerancePoints ?? UsualTolerance;
            return new ComparisonTold(
                new(one.Id, one.Name, one.Slug, one.ServiceName, told.First), new(two.Id, two.Name, two.Slug, two.ServiceName, told.Second), span.Start, span.End, badBelow, tolerance, pair is not null,
                told.Hours, told.Bias, told.LargestDifference, told.Table, told.Lag, Trust.Of(told.First, told.Second, (double)tolerance / 100), Trust.Rule, users.MaxBy(u => u.TargetPercent));
        }

        private async Task<MinuteCounts> MinutesAsync(int sli, Interval span, CancellationToken ct) =>
            (await counts.MinutesAsync(sli, span, ct))?.Over(span) ?? MinuteCounts.FromBuckets(span, []);
    }
}
