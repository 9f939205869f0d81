using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Data;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Who is told what of a negotiation.</summary>
internal static class NegotiationNews
{
    /// <summary>Tells these people, but for the one who did it.</summary>
    public static void TellOf(this Change change, Proposal proposal, IEnumerable<Guid> people, string text, bool byMail) =>
        change.Tell(people.Where(p => p != change.Actor.PersonId), text, $"/proposals/{proposal.Id}", byMail);

    /// <summary>The parties, whoever proposed, the arbiter, and all who were asked or stated a position.</summary>
    public static async Task<List<Guid>> EverybodyAsync(PortalDbContext db, Proposal proposal, CancellationToken ct)
    {
        var stated = await db.Positions.Where(p => p.ProposalId == proposal.Id).Select(p => p.PersonId)
            .Union(db.ProposalInvitees.Where(i => i.ProposalId == proposal.Id).Select(i => i.PersonId)).ToListAsync(ct);
        var named = new[] { proposal.OwnerId, proposal.StakeholderId, proposal.ProposedBy, proposal.ArbiterId ?? Guid.Empty }.Concat(stated).Distinct().ToList();
        // The portal itself proposes what files say, and closed accounts are told nothing.
        return await db.Users.Where(u => named.Contains(u.Id) && u.DisabledAt == null).Select(u => u.Id).ToListAsync(ct);
    }
}
