using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.AsCode.Exporting;

/// <summary>An objective as it goes into a file: by the version in force, else the latest agreed, else the terms that wait.</summary>
internal sealed record ExportedObjective(
    Objective Objective, Sli Sli, string? Source, ObjectiveTarget Target, SloWindow Window, BudgetingMethod Method, string? Owner, string? Stakeholder, string Rationale,
    ExternalFailures Externals);

/// <summary>A service with its objectives.</summary>
internal sealed record ExportedService(Service Service, string Team, IReadOnlyList<ExportedObjective> Objectives)
{
    public static async Task<IReadOnlyList<ExportedService>> ReadAsync(Change change, string? service, string? objective, CancellationToken ct)
    {
        var db = change.Db;
        var services = await (from s in db.Services.AsNoTracking()
                              join t in db.Teams on s.OwnerTeamId equals t.Id
                              where s.ArchivedAt == null && (service == null || s.Slug == service)
                              orderby s.Slug
                              select new { Service = s, Team = t.Slug }).ToListAsync(ct);
        var ids = services.ConvertAll(s => s.Service.Id);
        var objectives = await db.Objectives.AsNoTracking()
            .Where(o => o.ArchivedAt == null && ids.Contains(o.ServiceId) && (objective == null || o.Slug == objective)).OrderBy(o => o.Slug).ToListAsync(ct);
        var wanted = objectives.ConvertAll(o => o.Id);
        var versions = await db.ObjectiveVersions.AsNoTracking().Where(v => wanted.Contains(v.ObjectiveId)).ToListAsync(ct);
        var proposals = await db.Proposals.AsNoTracking().Where(p => wanted.Contains(p.ObjectiveId) && (p.State == ProposalState.Open || p.State == ProposalState.Accepted)).ToListAsync(ct);
        var slis = await db.Slis.AsNoTracking().Where(s => ids.Contains(s.ServiceId)).ToDictionaryAsync(s => s.Id, ct);
        var sources = await db.Sources.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var people = proposals.SelectMany(p => new[] { p.OwnerId, p.StakeholderId }).Distinct().ToList();
        var emails = await db.Users.AsNoTracking().Where(p => people.Contains(p.Id) && p.DisabledAt == null).ToDictionaryAsync(p => p.Id, p => p.Email, ct);

        ExportedObjective? Of(Objective o)
        {
            var ordered = versions.FindAll(v => v.ObjectiveId == o.Id).OrderBy(v => v.EffectiveFrom).ThenBy(v => v.Number).ToList();
            var version = ordered.FindLast(v => v.EffectiveFrom <= change.Now) ?? ordered.LastOrDefault();
            var proposal = proposals.Find(p => version is null ? p.ObjectiveId == o.Id && p.State == ProposalState.Open : p.Id == version.ProposalId);
            if (proposal is null)
                return null;
            var sli = slis[version?.SliId ?? proposal.SliId];
            return new ExportedObjective(
                o, sli, sli.SourceId is { } id ? sources.GetValueOrDefault(id) : null, version?.Target ?? proposal.Target, version?.Window ?? proposal.Window, version?.Method ?? proposal.Method,
                emails.GetValueOrDefault(proposal.OwnerId), emails.GetValueOrDefault(proposal.StakeholderId), proposal.Rationale, version?.Externals ?? proposal.Externals);
        }

        return [.. services.Select(s => new ExportedService(s.Service, s.Team, [.. objectives.Where(o => o.ServiceId == s.Service.Id).Select(Of).OfType<ExportedObjective>()]))];
    }
}
