using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement;

/// <summary>How far a portal has come towards its first objective, as far as measuring goes.</summary>
/// <param name="LastArrivalAt">When a sample or a push arrived last; null before the first.</param>
/// <param name="Sources">How many sources there are.</param>
/// <param name="FirstSliId">The oldest SLI that is not archived; null before the first.</param>
public sealed record MeasuringProgress(DateTimeOffset? LastArrivalAt, int Sources, int? FirstSliId)
{
    public bool HasSamples => LastArrivalAt is not null;

    public bool HasSli => FirstSliId is not null;
}

/// <summary>The facts behind the first steps on an empty portal.</summary>
public sealed record GetMeasuringProgress
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<MeasuringProgress>> HandleAsync(GetMeasuringProgress request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return new MeasuringProgress(
                await db.Sources.MaxAsync(s => s.LastArrivalAt, ct),
                await db.Sources.CountAsync(ct),
                await db.Slis.Where(s => s.ArchivedAt == null).OrderBy(s => s.Id).Select(s => (int?)s.Id).FirstOrDefaultAsync(ct));
        }
    }
}
