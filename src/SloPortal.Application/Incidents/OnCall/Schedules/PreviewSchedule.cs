using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

/// <param name="SwapsThatEnd">How many swaps were agreed for shifts that would not come any more.</param>
public sealed record SchedulePreview(ScheduleStrip Strip, int SwapsThatEnd);

/// <summary>What layers that are not saved would make of a schedule, from now on.</summary>
/// <param name="Schedule">Slug of the one that they would change; null for a new one.</param>
/// <param name="Days">1 to 92.</param>
public sealed record PreviewSchedule(string? Schedule, string TimeZone, IReadOnlyList<LayerGiven> Layers, int Days = 14)
{
    public sealed class Validator : AbstractValidator<PreviewSchedule>
    {
        public Validator()
        {
            RuleFor(r => r.TimeZone).MustBeZone();
            RuleFor(r => r.Layers).MustBeLayers();
            RuleFor(r => r.Days).InclusiveBetween(1, 92).WithMessage("A preview has 1 to 92 days.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, UnitOfWork work, TimeProvider clock)
    {
        public async Task<Outcome<SchedulePreview>> HandleAsync(PreviewSchedule request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (work.Validate(request) is { } refusal)
                return refusal;
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var schedule = request.Schedule is null ? null : await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == request.Schedule, ct);
            if (request.Schedule is not null && schedule is null)
                return Refusal.NotFound($"The schedule \"{request.Schedule}\"");
            var range = new Interval(now, now.AddDays(request.Days));
            var swaps = schedule is null ? [] : await db.ShiftSwaps.AsNoTracking().Where(s => s.ScheduleId == schedule.Id).ToListAsync(ct);
            var overrides = schedule is null ? [] : await db.ShiftOverrides.AsNoTracking().Where(o => o.ScheduleId == schedule.Id && o.EndsAt > range.Start && o.StartsAt < range.End).ToListAsync(ct);
            var (before, layers) = (schedule?.Layers ?? [], Domain.Incidents.OnCall.Schedule.Preview(schedule?.Layers ?? [], request.TimeZone, [.. request.Layers.Select(l => l.Plan())], now, Guid.NewGuid));
            var (was, final) = (new FinalSchedule(before, swaps, overrides), new FinalSchedule(layers, swaps, overrides));
            var lost = swaps.DistinctBy(s => (s.LayerId, s.Index)).Count(s => Comes(was, s, now) && !Comes(final, s, now));
            return new SchedulePreview(await ScheduleStrip.OfAsync(db, final, range, ct), lost);
        }

        private static bool Comes(FinalSchedule schedule, ShiftSwap swap, DateTimeOffset now) => schedule.OfShift(swap.LayerId, swap.Index).Any(s => s.To > now);
    }
}
