using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Corrections;

/// <summary>Has the minutes count again as they were measured. That they did not stays to be read.</summary>
public sealed record WithdrawCorrection(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<WithdrawCorrection>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeCorrectionReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(WithdrawCorrection request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WithdrawCorrection, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await CorrectionToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (correction, sli) = found.Value;
                var wasInForce = correction.DecidedAt is not null;
                if (correction.Withdraw(actor.Name, request.Reason.Trim(), change.Now) is { } refusal)
                    return refusal;
                if (wasInForce)
                {
                    await CorrectionToChange.LockHeadAsync(change, ct);
                    await change.Db.Database.ExecuteSqlAsync($"DELETE FROM correction_spans WHERE correction_id = {correction.Id}", ct);
                    await CorrectionToChange.CorrectAsync(change, sli.Id, correction.From, ct);
                }

                CorrectionToChange.Record(change, sli, correction, "withdrawn");
                change.Publish("slis");
                return Done.Value;
            }, ct);
    }
}
