using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Corrections;

namespace SloPortal.Application.Objectives;

/// <summary>A correction that covers minutes of the window.</summary>
public sealed record WindowCorrection(Guid Id, int SliId, string SliName, CorrectionKind Kind, DateTimeOffset From, DateTimeOffset To, string? Recurrence, string Reason, string Evidence, string ApprovedBy);

/// <summary>The running window of an objective as it counts and as it was measured.</summary>
/// <param name="Counted">What the budget counts.</param>
/// <param name="Measured">The same without corrections; null where slices or a journey are counted, which follow from what was corrected.</param>
/// <param name="Minutes">How many minutes count otherwise than they were measured.</param>
public sealed record CorrectedWindow(DateTimeOffset From, DateTimeOffset To, decimal TargetPercent, EventCounts Counted, EventCounts? Measured, long Minutes, IReadOnlyList<WindowCorrection> Corrections)
{
    /// <summary>Share of the budget that is left with the corrections, below zero when it is overspent; null without data.</summary>
    public double? BudgetLeft => Left(Counted);

    /// <summary>The same as measured.</summary>
    public double? BudgetLeftMeasured => Measured is { } measured ? Left(measured) : null;

    private double? Left(EventCounts counts) => counts.HasData ? 1 - (counts.Bad / (counts.Total * (double)(1 - (TargetPercent / 100)))) : null;
}

/// <summary>The running window of an objective with and without corrections; null while nothing is agreed or nothing in the window was corrected.</summary>
public sealed record GetCorrectedWindow(string Service, string Slug)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SliCounts counts, OriginalCounts originals, TimeProvider clock)
    {
        public async Task<Outcome<CorrectedWindow?>> HandleAsync(GetCorrectedWindow request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from o in db.Objectives.AsNoTracking()
                               join s in db.Services on o.ServiceId equals s.Id
                               join v in db.VersionsInForceAt(now) on o.Id equals v.ObjectiveId into versions
                               from v in versions.DefaultIfEmpty()
                               join i in db.Slis on v.SliId equals i.Id into slis
                               from i in slis.DefaultIfEmpty()
                               where s.Slug == request.Service && o.Slug == request.Slug
                               select new { Version = v, Sli = i }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            if (found.Version is not { } version)
                return (CorrectedWindow?)null;
            var window = version.Window.At(version.Method.Floor(now));
            int[] corrected = found.Sli.Definition is Composite journey ? [.. journey.Parts.Select(p => p.SliId)] : [version.SliId];
            var differences = await originals.DifferencesAsync([.. corrected.Select(sli => new CountsAsked(sli, window))], ct);
            if (differences.Sum(d => d.Minutes) == 0)
                return (CorrectedWindow?)null;
            var corrections = await (from c in db.Corrections.AsNoTracking()
                                     join i in db.Slis on c.SliId equals i.Id
                                     where corrected.Contains(c.SliId) && c.State == CorrectionState.InForce && c.From < window.End
                                     orderby c.From descending
                                     select new { c, i.Name }).ToListAsync(ct);
            var counted = (await counts.InAsync([new(version.CountsId, window)], ct))[0];
            return new CorrectedWindow(
                window.Start, window.End, version.Target.Percent, counted, version.CountsId == version.SliId && found.Sli.Definition is not Composite ? counted + differences[0].More : null,
                differences.Sum(d => d.Minutes),
                [
                    .. corrections.Where(x => Covers(x.c, window)).Select(x => new WindowCorrection(
                        x.c.Id, x.c.SliId, x.Name, x.c.Kind, x.c.From, x.c.To, x.c.Recurrence, x.c.Reason, x.c.Evidence, x.c.DecidedByName ?? "")),
                ]);
        }

        private static bool Covers(Correction correction, Interval window) =>
            CorrectionSpans.Of(correction.First, correction.Recurrence, correction.TimeZone) is { Succeeded: true, Value: { } spans } && spans.Any(s => s.Overlaps(window));
    }
}
