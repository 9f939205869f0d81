using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>Closes a finding with a reason. While the same hours go on, no new one is opened.</summary>
public sealed record CloseFinding(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<CloseFinding>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeMeasurementReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(CloseFinding request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CloseFinding, Done>(request, actor, Permission.OwnServices, async change =>
            {
                if (await change.Db.MeasurementFindings.SingleOrDefaultAsync(f => f.Id == request.Id, ct) is not { } finding)
                    return Refusal.NotFound("This finding");
                var pair = await change.Db.SliMeasurements.AsNoTracking().SingleAsync(m => m.Id == finding.MeasurementId, ct);
                var found = await OwnedSli.FindAsync(change, pair.SliId, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (finding.Close(actor.Name, request.Reason.Trim(), change.Now) is { } refusal)
                    return refusal;
                change.Audit("sli.finding-closed", "sli", found.Value.Id, found.Value.Name, new { finding.Kind, finding.Since, finding.Hours, OtherId = pair.OtherSliId, Reason = finding.ClosedReason });
                MeasurementToChange.Publish(change);
                return Done.Value;
            }, ct);
    }
}
