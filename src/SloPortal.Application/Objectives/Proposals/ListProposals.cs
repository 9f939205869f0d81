using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <param name="WaitsForMe">The actor is named and has not signed.</param>
public sealed record ProposalRow(
    Guid Id, ProposalState State, string Service, string ServiceName, string Objective, string ObjectiveName, decimal TargetPercent, string WindowPhrase,
    string OwnerName, bool OwnerSigned, string StakeholderName, bool StakeholderSigned, DateTimeOffset ProposedAt, DateTimeOffset? DecidedAt, bool WaitsForMe);

/// <summary>Proposals, newest first, at most 200.</summary>
/// <param name="WaitingForMe">Only those that wait for the actor's signature.</param>
/// <param name="Service">With <paramref name="Objective"/>: only those of one objective.</param>
/// <param name="State">Only those in this state.</param>
public sealed record ListProposals(bool WaitingForMe = false, string? Service = null, string? Objective = null, ProposalState? State = null)
{
    private const int Most = 200;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<ProposalRow>>> HandleAsync(ListProposals request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.WaitingForMe && !actor.May(Permission.Sign))
                return Array.Empty<ProposalRow>();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var me = actor.PersonId;
            var rows = from p in db.Proposals.AsNoTracking()
                       join o in db.Objectives on p.ObjectiveId equals o.Id
                       join s in db.Services on o.ServiceId equals s.Id
                       join owner in db.Users on p.OwnerId equals owner.Id
                       join stakeholder in db.Users on p.StakeholderId equals stakeholder.Id
                       select new
                       {
                           Proposal = p,
                           o,
                           s,
                           Owner = owner.DisplayName,
                           Stakeholder = stakeholder.DisplayName,
                           OwnerSigned = p.Signatures.Any(x => x.Party == Party.Owner && x.Round == p.Round),
                           StakeholderSigned = p.Signatures.Any(x => x.Party == Party.Stakeholder && x.Round == p.Round),
                       };
            if (request.WaitingForMe)
            {
                rows = rows.Where(r => r.Proposal.State == ProposalState.Open && r.o.ArchivedAt == null
                    && ((r.Proposal.OwnerId == me && !r.OwnerSigned) || (r.Proposal.StakeholderId == me && !r.StakeholderSigned)));
            }
            if (request.Service is not null)
                rows = rows.Where(r => r.s.Slug == request.Service);
            if (request.Objective is not null)
                rows = rows.Where(r => r.o.Slug == request.Objective);
            if (request.State is { } state)
                rows = rows.Where(r => r.Proposal.State == state);
            var found = await rows.OrderByDescending(r => r.Proposal.ProposedAt).Take(Most)
                .Select(r => new
                {
                    r.Proposal.Id,
                    r.Proposal.State,
                    Service = r.s.Slug,
                    ServiceName = r.s.Name,
                    Objective = r.o.Slug,
                    ObjectiveName = r.o.Name,
                    r.Proposal.Target,
                    r.Proposal.Window,
                    r.Proposal.OwnerId,
                    r.Proposal.StakeholderId,
                    r.Owner,
                    r.Stakeholder,
                    r.OwnerSigned,
                    r.StakeholderSigned,
                    r.Proposal.ProposedAt,
                    r.Proposal.DecidedAt,
                }).ToListAsync(ct);
            return found.ConvertAll(r => new ProposalRow(
                r.Id, r.State, r.Service, r.ServiceName, r.Objective, r.ObjectiveName, r.Target.Percent, r.Window.Phrase,
                r.Owner, r.OwnerSigned, r.Stakeholder, r.StakeholderSigned, r.ProposedAt, r.DecidedAt,
                r.State == ProposalState.Open && actor.May(Permission.Sign) && ((r.OwnerId == me && !r.OwnerSigned) || (r.StakeholderId == me && !r.StakeholderSigned))));
        }
    }
}
