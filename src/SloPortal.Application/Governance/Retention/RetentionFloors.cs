using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Retention;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Governance.Retention;

/// <summary>The least that a rule may say, and who says so.</summary>
internal sealed record RetentionFloor(int Days, string Why);

/// <summary>What keeps a rule from being shorter: frameworks that apply, and for counts by minute the windows that are judged by them.</summary>
internal static class RetentionFloors
{
    public static async Task<ILookup<RetentionClass, RetentionFloor>> ReadAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var minima = await db.FrameworkMinima.AsNoTracking().Where(m => m.AppliesSince != null).ToListAsync(ct);
        var floors = minima.Select(m => (m.Kind, Floor: new RetentionFloor(m.Days, $"{m.Framework} asks for {Days(m.Days)}"))).ToList();
        if (await LongestWindowAsync(db, now, ct) is { } window)
            floors.Add((RetentionClass.Minutes, new RetentionFloor(window.LongestDays, $"an objective or a contract is judged over {window.Phrase}")));
        return floors.ToLookup(f => f.Kind, f => f.Floor);
    }

    /// <summary>Why a rule may not say so many days; null when it may.</summary>
    public static string? Problem(IEnumerable<RetentionFloor> floors, int? days) =>
        floors.Where(f => days < f.Days).MaxBy(f => f.Days) is { } floor ? $"{Days(days!.Value)} is too short: {floor.Why}, so keep at least {Days(floor.Days)}." : null;

    public static string Days(int days) => days == 1 ? "1 day" : FormattableString.Invariant($"{days:N0} days");

    private static async Task<SloWindow?> LongestWindowAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var agreed = await db.VersionsInForceAt(now).Select(v => v.Window).Distinct().ToListAsync(ct);
        var proposed = await db.Proposals.Where(p => p.State == ProposalState.Open).Select(p => p.Window).Distinct().ToListAsync(ct);
        var promised = await db.Contracts.Select(c => c.Window).Distinct().ToListAsync(ct);
        return agreed.Concat(proposed).Concat(promised).MaxBy(w => w.LongestDays);
    }
}
