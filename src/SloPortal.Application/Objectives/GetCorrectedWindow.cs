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
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

/// <summary>A correction that covers minutes of the window.</summary>
public sealed record WindowCorrection(Guid Id, int SliId, string SliName, CorrectionKind Kind, DateTimeOffset From, DateTimeOffset To, string? Recurrence, string Reason, string Evidence, string ApprovedBy);

/// <summary>The running window of an objective as it counts and as it was measured.</summary>
/// <param name="Counted">What the budget counts.</param>
/// <param name="BudgetLeft">Share of the budget that is left by that, below zero when it is overspent; null without data.</param>
/// <param name="Measured">The same without corrections; null where slices or a journey are counted, which follow from what was corrected.</param>
/// <param name="BudgetLeftMeasured">Share of the budget that would be left by that.</param>
/// <param name="Minutes">How many minutes count otherwise than they were measured.</param>
public sealed record CorrectedWindow(
    DateTimeOffset From, DateTimeOffset To, decimal TargetPercent, EventCounts Counted, double? BudgetLeft, EventCounts? Measured, double? BudgetLeftMeasured,
    long Minutes, IReadOnlyList<WindowCorrection> Corrections);

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
            var found = await VersionBySli.InForceAsync(db, request.Service, request.Slug, now, ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            if (found is not { Version: { } version, Sli: { } sli })
                return (CorrectedWindow?)null;
            var at = version.Method.Floor(now);
            var window = version.Window.At(at);
            int[] corrected = sli.Definition is Composite journey ? [.. journey.Parts.Select(p => p.SliId)] : [version.SliId];
            var differences = await originals.DifferencesAsync([.. corrected.Select(id => new CountsAsked(id, window))], ct);
            if (differences.Sum(d => d.Minutes) == 0)
                return (CorrectedWindow?)null;
            var covering = await originals.CoveringAsync(corrected, window, ct);
            var corrections = await (from c in db.Corrections.AsNoTracking()
                                     join i in db.Slis on c.SliId equals i.Id
                                     where covering.Contains(c.Id)
                                     orderby c.From descending
                                     select new WindowCorrection(c.Id, c.SliId, i.Name, c.Kind, c.From, c.To, c.Recurrence, c.Reason, c.Evidence, c.DecidedByName ?? "")).ToListAsync(ct);
            var counted = (await counts.InAsync([new(version.CountsId, window)], ct))[0];
            EventCounts? measured = version.CountsId == version.SliId && sli.Definition is not Composite ? counted + differences[0].More : null;
            return new CorrectedWindow(
                window.Start, window.End, version.Target.Percent, counted, Left(counted), measured, measured is { } all ? Left(all) : null, differences.Sum(d => d.Minutes), corrections);

            double? Left(EventCounts of) => ErrorBudget.At(at, of, version.Target, version.Window).LeftShare;
        }
    }
}
