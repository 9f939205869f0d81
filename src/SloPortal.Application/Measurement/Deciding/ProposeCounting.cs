using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Application.Measurement.Deciding;

/// <summary>Proposes by which of its measurements an SLI counts, and what minutes without data mean. Nothing changes until somebody else signs it.</summary>
/// <param name="Others">The other measurements that the rule reads: one where it counts in place of the SLI, none where the SLI itself counts.</param>
/// <param name="BadAfterMinutes">Only where silence counts as bad.</param>
/// <param name="InForceFrom">Null takes effect with the signature.</param>
public sealed record ProposeCounting(int SliId, MergeRule Merge, IReadOnlyList<int> Others, NoDataRule NoData, int? BadAfterMinutes, DateTimeOffset? InForceFrom, string Reason)
{
    /// <summary>Samples of a minute may be on their way for less than this.</summary>
    private const int LeastSilence = 5;

    private const int MostSilence = 1440;

    public sealed class Validator : AbstractValidator<ProposeCounting>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).MustBeMeasurementReason();
            RuleFor(r => r.Merge).IsInEnum().WithMessage("Choose what counts.");
            RuleFor(r => r.NoData).IsInEnum().WithMessage("Choose what minutes without data mean.");
            RuleFor(r => r.Others).NotNull().WithMessage("Leave the list empty rather than out.").Must(o => o is null || o.Distinct().Count() == o.Count).WithMessage("Name each measurement once.");
            RuleFor(r => r.Others).Must(o => o is not { Count: not 0 }).When(r => r.Merge == MergeRule.Primary).WithMessage("Where the SLI itself counts, nothing else is read.");
            RuleFor(r => r.Others).Must(o => o is { Count: 1 }).When(r => r.Merge == MergeRule.Other).WithMessage("Choose the one measurement that counts.");
            RuleFor(r => r.Others).Must(o => o is { Count: >= 1 and <= 8 }).When(r => r.Merge is MergeRule.WorstOf or MergeRule.Median).WithMessage("Choose one to eight other measurements.");
            RuleFor(r => r.BadAfterMinutes).NotNull().When(r => r.NoData == NoDataRule.CountsAsBad).WithMessage("Say after how many minutes silence counts as bad.");
            RuleFor(r => r.BadAfterMinutes).InclusiveBetween(LeastSilence, MostSilence).When(r => r.NoData == NoDataRule.CountsAsBad).WithMessage($"Silence counts as bad after {LeastSilence} to {MostSilence:N0} minutes.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>Its id.</returns>
        public Task<Outcome<Guid>> HandleAsync(ProposeCounting request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ProposeCounting, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await OwnedSli.FindAsync(change, request.SliId, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var sli = found.Value;
                if (sli.ArchivedAt is not null)
                    return Refusal.Conflict("The SLI is archived and counts nothing any more.");
                if (sli.Definition is Composite)
                    return Refusal.Invalid(nameof(Merge), "A journey follows from its steps: decide on the SLI of the step.");
                if (await change.Db.CountingDecisions.AnyAsync(d => d.SliId == sli.Id && d.State == DecisionState.Proposed, ct))
                    return Refusal.Conflict("Another proposal for this SLI waits; sign or decline it first.");
                var known = await change.Db.SliMeasurements.AsNoTracking().Where(m => m.SliId == sli.Id && m.RemovedAt == null).Select(m => m.OtherSliId).ToListAsync(ct);
                if (request.Others.Except(known).Any())
                    return Refusal.Invalid(nameof(Others), "Choose among what this SLI is measured by otherwise; add what is missing there first.");
                var from = request.InForceFrom is { } asked && asked > change.Now ? MinuteClock.Ceiling(asked) : MinuteClock.Ceiling(change.Now);
                if (from > change.Now.AddYears(1))
                    return Refusal.Invalid(nameof(InForceFrom), "That is more than a year from now.");
                var rule = new CountingRule(request.Merge, request.Others, request.NoData, request.NoData == NoDataRule.CountsAsBad ? request.BadAfterMinutes!.Value : 0);
                var decision = new CountingDecision(Guid.CreateVersion7(change.Now), sli.Id, rule, from, request.Reason.Trim(), actor.PersonId, actor.Name, change.Now);
                change.Db.CountingDecisions.Add(decision);
                DecisionToChange.Record(change, sli, decision, "proposed");
                var deciders = await (from s in change.Db.Services
                                      join m in change.Db.TeamMembers on s.OwnerTeamId equals m.TeamId
                                      join p in change.Db.Users on m.PersonId equals p.Id
                                      where s.Id == sli.ServiceId && p.DisabledAt == null && p.Id != actor.PersonId
                                      select p.Id).ToListAsync(ct);
                change.Tell(deciders, $"{actor.Name} proposes what counts for \"{sli.Name}\"; somebody else has to sign it.", $"/slis/{sli.Id}#counting", byMail: true);
                return decision.Id;
            }, ct);
    }
}
