using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>Ends that another SLI measures the same. What was found stays to be read.</summary>
public sealed record RemoveMeasurement(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<RemoveMeasurement>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeMeasurementReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RemoveMeasurement request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RemoveMeasurement, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await MeasurementToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (measurement, sli) = found.Value;
                var newest = await change.Db.CountingDecisions.AsNoTracking().Where(d => d.SliId == sli.Id && d.State == DecisionState.InForce).OrderByDescending(d => d.InForceFrom).FirstOrDefaultAsync(ct);
                if (newest?.Others.Contains(measurement.OtherSliId) == true)
                    return Refusal.Conflict("What counts for this SLI was decided by this measurement. Decide otherwise first.");
                measurement.Remove(actor.Name, request.Reason.Trim(), change.Now);
                foreach (var finding in await change.Db.MeasurementFindings.Where(f => f.MeasurementId == measurement.Id && f.State == FindingState.Open).ToListAsync(ct))
                    finding.Close(actor.Name, "The measurement was removed: " + measurement.RemovedReason, change.Now);
                var other = await change.Db.Slis.AsNoTracking().SingleAsync(s => s.Id == measurement.OtherSliId, ct);
                change.Audit("sli.measurement-removed", "sli", sli.Id, sli.Name, new { Other = other.Name, OtherId = other.Id, Reason = measurement.RemovedReason });
                MeasurementToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}
