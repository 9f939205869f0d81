using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>A proposal with its evidence as it stood and everybody's word on it.</summary>
/// <param name="Decision">Why it was rejected or withdrawn, and by whom; null otherwise.</param>
/// <param name="Version">The version that it made, if any.</param>
/// <param name="MaySignAs">The party that the actor could sign for now.</param>
/// <param name="Negotiation">Rounds, positions, what was said, and who decides if the sides cannot.</param>
/// <param name="May">What else the actor may do here now.</param>
public sealed record ProposalDetail(
    Guid Id,
    ProposalState State,
    string Service,
    string ServiceName,
    string Objective,
    string ObjectiveName,
    string Sli,
    string SliName,
    int SliId,
    decimal TargetPercent,
    string Window,
    string WindowPhrase,
    string Method,
    string MethodPhrase,
    DateTimeOffset? EffectiveFrom,
    PartyDetail Owner,
    PartyDetail Stakeholder,
    string Rationale,
    string ProposedBy,
    DateTimeOffset ProposedAt,
    DateTimeOffset? DecidedAt,
    DecisionDetail? Decision,
    int? Version,
    DateTimeOffset? VersionEffectiveFrom,
    decimal? TargetInForce,
    string? WindowInForce,
    string? MethodInForce,
    ProposalEvidence Evidence,
    string ContentHash,
    Party? MaySignAs,
    bool MayWithdraw,
    ExternalFailures Externals,
    NegotiationDetail Negotiation,
    RoomRights May);

/// <summary>A party of the agreement and its signature of this round, if given.</summary>
/// <param name="ConfirmedBy">How they showed that it is them.</param>
public sealed record PartyDetail(Guid PersonId, string Name, DateTimeOffset? SignedAt, string? Reason, string? ContentHash, Confirmation? ConfirmedBy);

/// <param name="State">State a position.</param>
/// <param name="Side">From which side the actor speaks.</param>
/// <param name="Offer">Put other terms forward.</param>
/// <param name="Lead">Invite, set the deadline, call an arbiter.</param>
/// <param name="Decide">Decide as the arbiter.</param>
/// <param name="Dissent">Record dissent.</param>
/// <param name="TakeRisk">Take the risk of a target that the history does not hold.</param>
/// <param name="Reject">Reject the proposal.</param>
public sealed record RoomRights(bool Comment, bool State, Side Side, bool Offer, bool Lead, bool Decide, bool Dissent, bool TakeRisk, bool Reject);

public sealed record DecisionDetail(string By, string Reason)
{
    /// <summary>From an audit entry, which holds the reason since a refusal leaves no signature.</summary>
    internal static DecisionDetail Of(string by, string details)
    {
        using var read = JsonDocument.Parse(details);
        return new(by, read.RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() ?? "" : "");
    }
}

/// <summary>One proposal.</summary>
public sealed record GetProposal(Guid Id)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<ProposalDetail>> HandleAsync(GetProposal request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from p in db.Proposals.AsNoTracking().Include(p => p.Signatures)
                               join o in db.Objectives on p.ObjectiveId equals o.Id
                               join s in db.Services on o.ServiceId equals s.Id
                               join sli in db.Slis on p.SliId equals sli.Id
                               where p.Id == request.Id
                               select new
                               {
                                   Proposal = p,
                                   Service = s.Slug,
                                   ServiceName = s.Name,
                                   s.OwnerTeamId,
                                   Objective = o.Slug,
                                   ObjectiveName = o.Name,
                                   Sli = sli.Slug,
                                   SliName = sli.Name,
                                   Names = db.Users.Where(u => u.Id == p.OwnerId || u.Id == p.StakeholderId || u.Id == p.ProposedBy).Select(u => new { u.Id, u.DisplayName }).ToList(),
                                   Version = db.ObjectiveVersions.Where(v => v.ProposalId == p.Id).Select(v => new { v.Number, v.EffectiveFrom }).FirstOrDefault(),
                               }).AsSplitQuery().SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound("This proposal");

            var proposal = found.Proposal;
            var inForce = await db.VersionsInForceAt(clock.GetUtcNowInMicroseconds()).SingleOrDefaultAsync(v => v.ObjectiveId == proposal.ObjectiveId, ct);
            var names = found.Names.ToDictionary(n => n.Id, n => n.DisplayName);
            var open = proposal.State == ProposalState.Open;
            var negotiation = (await Negotiations.ReadAsync(db, [proposal], ct))[proposal.Id];
            return new ProposalDetail(
                proposal.Id, proposal.State, found.Service, found.ServiceName, found.Objective, found.ObjectiveName, found.Sli, found.SliName, proposal.SliId,
                proposal.Target.Percent, proposal.Window.ToString()!, proposal.Window.Phrase, proposal.Method.ToString()!, proposal.Method.Phrase, proposal.EffectiveFrom,
                PartyOf(Party.Owner, proposal.OwnerId), PartyOf(Party.Stakeholder, proposal.StakeholderId),
                proposal.Rationale, names.GetValueOrDefault(proposal.ProposedBy, "SloPortal"), proposal.ProposedAt, proposal.DecidedAt,
                proposal.State is ProposalState.Rejected or ProposalState.Withdrawn ? await DecisionAsync(db, proposal, ct) : null,
                found.Version?.Number, found.Version?.EffectiveFrom, inForce?.Target.Percent, inForce?.Window.Phrase, inForce?.Method.Phrase,
                JsonSerializer.Deserialize<ProposalEvidence>(proposal.Evidence, PortalJson.Options)!,
                Convert.ToHexStringLower(proposal.ContentHash()),
                actor.May(Permission.Sign) ? proposal.PartyThatMaySign(actor.PersonId) : null,
                open && actor.May(Permission.OwnServices) && (proposal.ProposedBy == actor.PersonId || actor.MayChangeFor(found.OwnerTeamId)),
                proposal.Externals, negotiation, RightsOf());

            PartyDetail PartyOf(Party party, Guid personId)
            {
                var signature = proposal.Signatures.FirstOrDefault(s => s.Party == party && s.Round == proposal.Round);
                return new PartyDetail(
                    personId, signature?.PersonName ?? names.GetValueOrDefault(personId, "somebody"), signature?.SignedAt, signature?.Reason,
                    signature is null ? null : Convert.ToHexStringLower(signature.ContentHash), signature?.ConfirmedBy);
            }

            RoomRights RightsOf()
            {
                var (me, signs) = (actor.PersonId, actor.May(Permission.Sign));
                var dissents = proposal.State is ProposalState.Open or ProposalState.Accepted && (proposal.IsParty(me) || negotiation.Positions.Any(p => p.PersonId == me));
                return new RoomRights(
                    open && actor.May(Permission.Respond), open && signs, Position.SideOf(proposal, me, actor.TeamIds.Contains(found.OwnerTeamId)),
                    open && signs && (proposal.IsParty(me) || proposal.ProposedBy == me || proposal.ArbiterId == me),
                    open && NegotiationRules.MayLead(actor, proposal, found.OwnerTeamId), open && signs && proposal.ArbiterId == me, signs && dissents,
                    open && signs && actor.May(Permission.Administer) && negotiation.NeedsAnswer && !proposal.IsParty(me) && me != proposal.ProposedBy && me != proposal.OfferedBy,
                    open && signs && proposal.IsParty(me));
            }
        }

        private static async Task<DecisionDetail?> DecisionAsync(PortalDbContext db, Proposal proposal, CancellationToken ct)
        {
            var id = proposal.Id.ToString();
            var entry = await db.AuditEntries.AsNoTracking()
                .Where(e => e.SubjectKind == "proposal" && e.SubjectId == id && (e.Action == "proposal.rejected" || e.Action == "proposal.withdrawn"))
                .OrderByDescending(e => e.Number).Select(e => new { e.ActorName, e.Details }).FirstOrDefaultAsync(ct);
            return entry is null ? null : DecisionDetail.Of(entry.ActorName, entry.Details);
        }
    }
}
