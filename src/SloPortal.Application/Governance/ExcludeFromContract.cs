using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;

namespace SloPortal.Application.Governance;

/// <summary>Leaves a stretch out of what the contract counts, such as maintenance that was announced as it asks.</summary>
/// <param name="From">Rounded down to the minute.</param>
/// <param name="To">Rounded up to the minute; exclusive.</param>
/// <param name="Reason">With what shows it.</param>
public sealed record ExcludeFromContract(int Id, DateTimeOffset From, DateTimeOffset To, string Reason)
{
    public sealed class Validator : AbstractValidator<ExcludeFromContract>
    {
        public Validator()
        {
            RuleFor(r => r.To).GreaterThan(r => r.From).WithMessage("It must end after it begins.")
                .Must((r, to) => to - r.From <= TimeSpan.FromDays(92)).WithMessage("A stretch that is left out lasts at most 92 days.");
            RuleFor(r => r.Reason).MustBeContractReason();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The id of the exclusion.</returns>
        public Task<Outcome<Guid>> HandleAsync(ExcludeFromContract request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ExcludeFromContract, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ContractToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var to = MinuteClock.Floor(request.To.ToUniversalTime());
                var when = new Interval(MinuteClock.Floor(request.From.ToUniversalTime()), to < request.To ? to.AddMinutes(1) : to);
                if (!when.Overlaps(found.Value.Term))
                    return Refusal.Invalid(nameof(From), "The stretch lies outside the term of the contract, so it changes nothing.");
                var exclusion = new ContractExclusion(Guid.CreateVersion7(change.Now), request.Id, when, request.Reason.Trim(), actor.PersonId, actor.Name, change.Now);
                change.Db.ContractExclusions.Add(exclusion);
                ContractToChange.Record(change, found.Value, "excluded", new { exclusion.Id, exclusion.From, exclusion.To, exclusion.Reason });
                return exclusion.Id;
            }, ct);
    }
}

/// <summary>Counts again what was left out; that it was left out stays to be read.</summary>
public sealed record WithdrawExclusion(int Id, Guid Exclusion, string Reason)
{
    public sealed class Validator : AbstractValidator<WithdrawExclusion>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeContractReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(WithdrawExclusion request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WithdrawExclusion, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ContractToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (found.Value.Exclusions.Find(e => e.Id == request.Exclusion) is not { } exclusion)
                    return Refusal.NotFound("This exclusion");
                if (exclusion.WithdrawnAt is not null)
                    return Refusal.Conflict("It was withdrawn already.");
                exclusion.Withdraw(request.Reason.Trim(), change.Now);
                ContractToChange.Record(change, found.Value, "exclusion-withdrawn", new { exclusion.Id, Reason = request.Reason.Trim() });
                return Done.Value;
            }, ct);
    }
}
