using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>Says that another SLI measures the same as this one. From the next hour on they are held against each other.</summary>
/// <param name="TolerancePoints">How far their good shares of an hour may be apart, percentage points.</param>
/// <param name="AfterHours">So many hours in a row beyond it are a finding.</param>
/// <param name="GapHours">So many hours in a row in which only one has data are a finding.</param>
/// <param name="Reason">In which way it measures the same.</param>
public sealed record AddMeasurement(int SliId, int OtherSliId, decimal TolerancePoints, int AfterHours, int GapHours, string Reason)
{
    public sealed class Validator : AbstractValidator<AddMeasurement>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).MustBeMeasurementReason();
            RuleFor(r => r.OtherSliId).NotEqual(r => r.SliId).WithMessage("Choose another SLI; one always agrees with itself.");
            RuleFor(r => r.TolerancePoints).InclusiveBetween(0.001m, 100).WithMessage("A tolerance is from 0.001 to 100 percentage points.");
            RuleFor(r => r.AfterHours).InclusiveBetween(1, 72).WithMessage("A finding takes 1 to 72 hours.");
            RuleFor(r => r.GapHours).InclusiveBetween(1, 72).WithMessage("A gap is told after 1 to 72 hours.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>Its id.</returns>
        public Task<Outcome<Guid>> HandleAsync(AddMeasurement request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddMeasurement, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await OwnedSli.FindAsync(change, request.SliId, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (found.Value.ArchivedAt is not null)
                    return Refusal.Conflict("The SLI is archived and counts nothing any more.");
                if (await change.Db.Slis.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.OtherSliId, ct) is not { ArchivedAt: null } other)
                    return Refusal.Invalid(nameof(OtherSliId), "Choose an SLI that counts.");
                if (await change.Db.SliMeasurements.AnyAsync(m => m.SliId == request.SliId && m.OtherSliId == request.OtherSliId && m.RemovedAt == null, ct))
                    return Refusal.Conflict($"{other.Name} is compared with this SLI already.");
                var tolerance = new Tolerance(request.TolerancePoints, request.AfterHours, request.GapHours);
                var measurement = new SliMeasurement(Guid.CreateVersion7(change.Now), request.SliId, other.Id, tolerance, request.Reason.Trim(), actor.PersonId, actor.Name, change.Now);
                change.Db.SliMeasurements.Add(measurement);
                change.Audit("sli.measurement-added", "sli", found.Value.Id, found.Value.Name, new { Other = other.Name, OtherId = other.Id, tolerance.Points, tolerance.AfterHours, tolerance.GapHours, measurement.Reason });
                MeasurementToChange.Publish(change);
                return measurement.Id;
            }, ct);
    }
}
