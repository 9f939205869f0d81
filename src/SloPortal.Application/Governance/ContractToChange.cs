using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;

namespace SloPortal.Application.Governance;

/// <summary>What the operations that change a contract share.</summary>
internal static class ContractToChange
{
    /// <summary>The contract, when the actor acts for the team that owns its service.</summary>
    public static async Task<Outcome<Contract>> FindAsync(Change change, int id, CancellationToken ct)
    {
        var found = await (from contract in change.Db.Contracts.Include(c => c.Exclusions)
                           join sli in change.Db.Slis on contract.SliId equals sli.Id
                           join service in change.Db.Services on sli.ServiceId equals service.Id
                           join team in change.Db.Teams on service.OwnerTeamId equals team.Id
                           where contract.Id == id
                           select new { contract, team }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Refusal.NotFound("This contract");
        return change.Actor.MayChangeFor(found.team.Id) ? found.contract : Denial.OfTeam(found.team.Name);
    }

    public static void Record(Change change, Contract contract, string what, object details)
    {
        change.Audit($"contract.{what}", "contract", contract.Id, contract.Customer, details);
        change.Publish("contracts");
    }

    public static IRuleBuilderOptions<T, string> MustBeContractReason<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Give the reason, with what shows it.").MaximumLength(4000).WithMessage("A reason has at most 4,000 characters.");
}
