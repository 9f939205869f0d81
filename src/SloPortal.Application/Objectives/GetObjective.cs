using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

/// <summary>An objective with every version that was agreed and what waits to be.</summary>
/// <param name="InForce">The number of the version in force now; null before the first.</param>
/// <param name="Versions">The newest first.</param>
/// <param name="Waiting">The proposal that waits for signatures, if any.</param>
/// <param name="MayChange">The actor may propose, rename and archive.</param>
/// <param name="ManagedBy">Path of the file that manages it; null where people do.</param>
public sealed record ObjectiveDetail(
    Guid Id, Guid ServiceId, string Service, string ServiceName, string Team, string TeamName, string Slug, string Name, string Description,
    DateTimeOffset CreatedAt, DateTimeOffset? ArchivedAt, uint RowVersion,
    int? InForce, IReadOnlyList<VersionDetail> Versions, WaitingProposal? Waiting, bool MayChange, string? ManagedBy = null)
{
    /// <summary>The version in force now; null before the first.</summary>
    public VersionDetail? Current => Versions.FirstOrDefault(v => v.Number == InForce);
}

/// <summary>What was agreed, by whom and why.</summary>
/// <param name="IsComposite">It is measured by a journey over several SLIs.</param>
public sealed record VersionDetail(
    Guid Id, int Number, decimal TargetPercent, string Window, string WindowPhrase, string Method, string MethodPhrase, bool IsComposite, int SliId, string Sli, string SliName,
    DateTimeOffset EffectiveFrom, Guid ProposalId, string Rationale, IReadOnlyList<SignatureDetail> Signatures,
    ExternalFailures Externals = ExternalFailures.Counted, DateOnly? ReviewOn = null, DateOnly? AspirationalUntil = null)
{
    public ObjectiveTerms Terms() => new(EffectiveFrom, new ObjectiveTarget(TargetPercent), SloWindow.Parse(Window));
}

/// <param name="ConfirmedBy">How the person showed that it is them; null for signatures from before this was asked.</param>
public sealed record SignatureDetail(Party Party, string Name, string Reason, DateTimeOffset SignedAt, Confirmation? ConfirmedBy = null)
{
    internal static SignatureDetail Of(Signature signature) => new(signature.Party, signature.PersonName, signature.Reason, signature.SignedAt, signature.ConfirmedBy);
}

public sealed record WaitingProposal(Guid Id, decimal TargetPercent, string WindowPhrase, DateTimeOffset ProposedAt, IReadOnlyList<string> WaitsFor, bool WaitsForMe);

/// <summary>One objective by the slugs of its service and its own.</summary>
public sealed record GetObjective(string Service, string Slug)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SharedReads reads, TimeProvider clock)
    {
        public async Task<Outcome<ObjectiveDetail>> HandleAsync(GetObjective request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            return await reads.GetAsync((request, actor), reading => ReadAsync(request, actor, reading), ct);
        }

        private async Task<Outcome<ObjectiveDetail>> ReadAsync(GetObjective request, Actor actor, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from o in db.Objectives.AsNoTracking()
                               join s in db.Services on o.ServiceId equals s.Id
                               join t in db.Teams on s.OwnerTeamId equals t.Id
                               where s.Slug == request.Service && o.Slug == request.Slug
                               select new { Objective = o, Service = s.Slug, ServiceName = s.Name, TeamId = t.Id, Team = t.Slug, TeamName = t.Name }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");

            var objective = found.Objective;
            var versions = await VersionsAsync(db, objective.Id, ct);
            var inForce = ObjectiveInForce(versions, clock.GetUtcNowInMicroseconds());
            return new ObjectiveDetail(
                objective.Id, objective.ServiceId, found.Service, found.ServiceName, found.Team, found.TeamName, objective.Slug, objective.Name, objective.Description,
                objective.CreatedAt, objective.ArchivedAt, objective.Version,
                inForce?.Number, versions, await WaitingAsync(db, objective.Id, actor, ct), actor.MayChangeFor(found.TeamId), objective.ManagedBy);
        }

        // The rows are all here, so the question of VersionsInForce is answered on them; a test holds both to the same answer.
        private static VersionDetail? ObjectiveInForce(IReadOnlyList<VersionDetail> newestFirst, DateTimeOffset now) =>
            newestFirst.Where(v => v.EffectiveFrom <= now).OrderByDescending(v => v.EffectiveFrom).ThenByDescending(v => v.Number).FirstOrDefault();

        private static async Task<List<VersionDetail>> VersionsAsync(PortalDbContext db, Guid objectiveId, CancellationToken ct)
        {
            var rows = await (from v in db.ObjectiveVersions.AsNoTracking()
                              join sli in db.Slis on v.SliId equals sli.Id
                              join p in db.Proposals on v.ProposalId equals p.Id
                              where v.ObjectiveId == objectiveId
                              orderby v.Number descending
                              select new
                              {
                                  Version = v,
                                  Sli = sli.Slug,
                                  SliName = sli.Name,
                                  sli.Definition,
                                  p.Rationale,
                                  p.ReviewOn,
                                  AspirationalUntil = (DateOnly?)p.Aspiration!.Until,
                                  Signatures = p.Signatures.Where(x => x.Round == p.Round).OrderBy(x => x.SignedAt).Select(x => new SignatureDetail(x.Party, x.PersonName, x.Reason, x.SignedAt, x.ConfirmedBy)).ToList(),
                              }).ToListAsync(ct);
            return rows.ConvertAll(r => new VersionDetail(
                r.Version.Id, r.Version.Number, r.Version.Target.Percent, r.Version.Window.ToString()!, r.Version.Window.Phrase,
                r.Version.Method.ToString()!, r.Version.Method.Phrase, r.Definition is Composite, r.Version.SliId, r.Sli, r.SliName,
                r.Version.EffectiveFrom, r.Version.ProposalId, r.Rationale, r.Signatures, r.Version.Externals, r.ReviewOn, r.AspirationalUntil));
        }

        private static async Task<WaitingProposal?> WaitingAsync(PortalDbContext db, Guid objectiveId, Actor actor, CancellationToken ct)
        {
            var open = await (from p in db.Proposals.AsNoTracking()
                              join owner in db.Users on p.OwnerId equals owner.Id
                              join stakeholder in db.Users on p.StakeholderId equals stakeholder.Id
                              where p.ObjectiveId == objectiveId && p.State == ProposalState.Open
                              select new
                              {
                                  p.Id,
                                  p.Target,
                                  p.Window,
                                  p.ProposedAt,
                                  OwnerId = owner.Id,
                                  Owner = owner.DisplayName,
                                  OwnerSigned = p.Signatures.Any(x => x.Party == Party.Owner && x.Round == p.Round),
                                  StakeholderId = stakeholder.Id,
                                  Stakeholder = stakeholder.DisplayName,
                                  StakeholderSigned = p.Signatures.Any(x => x.Party == Party.Stakeholder && x.Round == p.Round),
                              }).FirstOrDefaultAsync(ct);
            if (open is null)
                return null;
            (Guid Id, string Name, bool Signed)[] parties = [(open.OwnerId, open.Owner, open.OwnerSigned), (open.StakeholderId, open.Stakeholder, open.StakeholderSigned)];
            return new WaitingProposal(
                open.Id, open.Target.Percent, open.Window.Phrase, open.ProposedAt, [.. parties.Where(p => !p.Signed).Select(p => p.Name)],
                actor.May(Permission.Sign) && parties.Any(p => !p.Signed && p.Id == actor.PersonId));
        }
    }
}
