using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>The version that an accepted proposal makes, in the transaction of the signature that accepted it.</summary>
internal static class AgreedVersion
{
    public static async Task<Outcome<SignedProposal>> AddAsync(Change change, Proposal proposal, Objective objective, CancellationToken ct)
    {
        var latest = await change.Db.ObjectiveVersions.AsNoTracking().Where(v => v.ObjectiveId == proposal.ObjectiveId).OrderByDescending(v => v.Number).FirstOrDefaultAsync(ct);
        // A signature that comes after the moment that was proposed does not reach back to it.
        var effectiveFrom = proposal.EffectiveFrom > change.Now ? proposal.EffectiveFrom.Value : change.Now;
        if (latest?.EffectiveFrom > effectiveFrom)
            return Refusal.Conflict($"Version {latest.Number} was agreed meanwhile and takes effect later than this one would. Withdraw this proposal and make a new one.");
        var externalsOf = proposal.Externals == ExternalFailures.LeftOut ? objective.ServiceId : default(Guid?);
        var counts = await DerivedSeries.CountsIdAsync(change, proposal.SliId, proposal.Method, externalsOf, asDecided: true, ct);
        var version = new ObjectiveVersion(
            Guid.CreateVersion7(change.Now), proposal.ObjectiveId, (latest?.Number ?? 0) + 1, proposal.SliId, proposal.Method, counts,
            proposal.Target, proposal.Window, effectiveFrom, proposal.Id, change.Now, proposal.Externals);
        change.Db.ObjectiveVersions.Add(version);
        change.Audit("objective.agreed", "objective", objective.Id, objective.Name, new
        {
            version.Number,
            Target = version.Target.Percent,
            Window = version.Window.ToString(),
            Method = version.Method.ToString(),
            version.EffectiveFrom,
            Proposal = proposal.Id,
        });
        change.Publish("objectives");
        return new SignedProposal(proposal.State, version.Number, version.EffectiveFrom);
    }
}
