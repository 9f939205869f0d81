using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.History;

/// <summary>Everything that was ever proposed and agreed for an objective, for whoever has to account for it later.</summary>
/// <param name="Agreements">Proposals with their versions, the newest first; what was refused or withdrawn stays.</param>
/// <param name="Changes">What else was done to it: created, renamed, ended; the newest first.</param>
public sealed record ObjectiveAgreements(
    string Service, string ServiceName, string Objective, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ArchivedAt,
    IReadOnlyList<Agreement> Agreements, IReadOnlyList<ObjectiveChange> Changes)
{
    /// <summary>What was in force at a moment; null before the first version and after the end.</summary>
    public Agreement? InForceAt(DateTimeOffset moment) =>
        ArchivedAt <= moment ? null : Agreements.FirstOrDefault(a => a.EffectiveFrom <= moment && (a.EffectiveUntil is null || a.EffectiveUntil > moment));
}

/// <summary>Terms as they were put forward, the evidence as it stood, everybody's word, and when they held.</summary>
/// <param name="Version">The number of the version that the signatures made; null without one.</param>
/// <param name="EffectiveUntil">When another version took over or the objective ended; null while it lasts.</param>
/// <param name="Decision">Why it was rejected or withdrawn, and by whom.</param>
/// <param name="ContentHash">SHA-256, hexadecimal, of what stands here now.</param>
/// <param name="Evidence">Without the line of its chart, which the proposal itself has.</param>
/// <param name="Signatures">Of the round that was on the table last.</param>
/// <param name="Negotiation">How it came about: earlier rounds, positions, an arbiter's decision and dissent.</param>
/// <param name="Altered">Names of those whose signature is for another content; empty unless something was changed underneath.</param>
public sealed record Agreement(
    Guid ProposalId, ProposalState State, int? Version, decimal TargetPercent, string Window, string WindowPhrase, string MethodPhrase, int SliId, string Sli, string SliName,
    DateTimeOffset? EffectiveFrom, DateTimeOffset? EffectiveUntil, string ProposedBy, DateTimeOffset ProposedAt, DateTimeOffset? DecidedAt, DecisionDetail? Decision,
    string Owner, string Stakeholder, string Rationale, ProposalEvidence Evidence, IReadOnlyList<SignatureDetail> Signatures, string ContentHash, IReadOnlyList<string> Altered, ExternalFailures Externals,
    NegotiationDetail Negotiation);

/// <param name="Action">As the audit names it: "objective.renamed".</param>
/// <param name="Details">JSON.</param>
public sealed record ObjectiveChange(DateTimeOffset At, string By, string Action, string Details);

/// <summary>The life of one objective.</summary>
public sealed record GetAgreements(string Service, string Slug)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ObjectiveAgreements>> HandleAsync(GetAgreements request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from o in db.Objectives.AsNoTracking()
                               join s in db.Services on o.ServiceId equals s.Id
                               where s.Slug == request.Service && o.Slug == request.Slug
                               select new { Objective = o, Service = s.Slug, ServiceName = s.Name }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            var objective = found.Objective;
            return new ObjectiveAgreements(
                found.Service, found.ServiceName, objective.Slug, objective.Name, objective.CreatedAt, objective.ArchivedAt,
                await AgreementsAsync(db, objective, ct), await ChangesAsync(db, objective.Id, ct));
        }

        private static async Task<IReadOnlyList<Agreement>> AgreementsAsync(PortalDbContext db, Objective objective, CancellationToken ct)
        {
            var proposals = await (from p in db.Proposals.AsNoTracking().Include(p => p.Signatures)
                                   join sli in db.Slis on p.SliId equals sli.Id
                                   where p.ObjectiveId == objective.Id
                                   orderby p.ProposedAt descending
                                   select new { Proposal = p, Sli = sli.Slug, SliName = sli.Name }).ToListAsync(ct);
            var versions = await db.ObjectiveVersions.AsNoTracking().Where(v => v.ObjectiveId == objective.Id).ToListAsync(ct);
            var people = proposals.SelectMany(p => new[] { p.Proposal.OwnerId, p.Proposal.StakeholderId, p.Proposal.ProposedBy }).Distinct().ToList();
            var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, ct);
            var decisions = await DecisionsAsync(db, [.. proposals.Where(p => p.Proposal.State is ProposalState.Rejected or ProposalState.Withdrawn).Select(p => p.Proposal.Id.ToString())], ct);

            var negotiations = await Negotiations.ReadAsync(db, [.. proposals.Select(p => p.Proposal)], ct);

            return proposals.ConvertAll(row =>
            {
                var p = row.Proposal;
                var version = versions.Find(v => v.ProposalId == p.Id);
                var hash = p.ContentHash();
                return new Agreement(
                    p.Id, p.State, version?.Number, p.Target.Percent, p.Window.ToString()!, p.Window.Phrase, p.Method.Phrase, p.SliId, row.Sli, row.SliName,
                    version?.EffectiveFrom, version is null ? null : EndOf(version, versions, objective.ArchivedAt),
                    NameOf(p.ProposedBy), p.ProposedAt, p.DecidedAt, decisions.GetValueOrDefault(p.Id.ToString()), NameOf(p.OwnerId), NameOf(p.StakeholderId), p.Rationale,
                    JsonSerializer.Deserialize<ProposalEvidence>(p.Evidence, PortalJson.Options)! with { Line = [] },
                    [.. p.Signatures.Where(s => s.Round == p.Round).OrderBy(s => s.SignedAt).Select(SignatureDetail.Of)],
                    Convert.ToHexStringLower(hash), [.. p.Signatures.Where(s => s.Round == p.Round && !s.ContentHash.AsSpan().SequenceEqual(hash)).Select(s => s.PersonName)], p.Externals, negotiations[p.Id]);
            });

            string NameOf(Guid person) => names.GetValueOrDefault(person, "SloPortal");
        }

        // As VersionsInForce has it: the latest that had taken effect, and of two at the same instant the later number.
        private static DateTimeOffset? EndOf(ObjectiveVersion version, List<ObjectiveVersion> versions, DateTimeOffset? archivedAt)
        {
            var next = versions.Where(v => v.Number > version.Number && v.EffectiveFrom >= version.EffectiveFrom).Select(v => (DateTimeOffset?)v.EffectiveFrom).Min();
            return next is null || archivedAt < next ? archivedAt : next;
        }

        private static async Task<Dictionary<string, DecisionDetail>> DecisionsAsync(PortalDbContext db, List<string> ids, CancellationToken ct)
        {
            var entries = await db.AuditEntries.AsNoTracking()
                .Where(e => e.SubjectKind == "proposal" && ids.Contains(e.SubjectId) && (e.Action == "proposal.rejected" || e.Action == "proposal.withdrawn"))
                .Select(e => new { e.SubjectId, e.ActorName, e.Details }).ToListAsync(ct);
            return entries.ToDictionary(e => e.SubjectId, e => DecisionDetail.Of(e.ActorName, e.Details));
        }

        private static async Task<IReadOnlyList<ObjectiveChange>> ChangesAsync(PortalDbContext db, Guid objectiveId, CancellationToken ct)
        {
            var id = objectiveId.ToString();
            return await db.AuditEntries.AsNoTracking()
                .Where(e => e.SubjectKind == "objective" && e.SubjectId == id && e.Action != "objective.agreed")
                .OrderByDescending(e => e.Number).Take(200)
                .Select(e => new ObjectiveChange(e.RecordedAt, e.ActorName, e.Action, e.Details)).ToListAsync(ct);
        }
    }
}
