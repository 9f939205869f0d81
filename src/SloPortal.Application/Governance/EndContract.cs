using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Governance;

/// <summary>Ends a contract on a day within its term.</summary>
public sealed record EndContract(int Id, DateOnly LastDay, string Reason)
{
    public sealed class Validator : AbstractValidator<EndContract>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeContractReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(EndContract request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<EndContract, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ContractToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var before = found.Value.Until;
                if (found.Value.End(request.LastDay, request.Reason.Trim()) is { } refusal)
                    return refusal;
                ContractToChange.Record(change, found.Value, "ended", new { Before = before, request.LastDay, Reason = request.Reason.Trim() });
                return Done.Value;
            }, ct);
    }
}
