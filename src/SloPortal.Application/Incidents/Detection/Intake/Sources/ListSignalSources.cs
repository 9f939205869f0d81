using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <param name="Service">Slug; null where it has none of its own.</param>
/// <param name="KeyHint">The first characters of its key.</param>
/// <param name="IsSigned">Its deliveries must be signed, or carry the token.</param>
/// <param name="LastReceivedAt">When something was taken last.</param>
/// <param name="Taken">Messages that were taken so far.</param>
/// <param name="Unknown">Ends and acknowledgements of what never fired here.</param>
/// <param name="LastProblem">Why something could not be taken last.</param>
public sealed record SignalSourceRow(
    Guid Id, SignalSourceKind Kind, string Name, string? Service, string? ServiceName, string ServiceLabel, string KeyHint, DateTimeOffset KeyMadeAt, bool IsSigned, DateTimeOffset CreatedAt,
    DateTimeOffset? LastReceivedAt, long Taken, long Unknown, DateTimeOffset? LastProblemAt, string? LastProblem, uint Version)
{
    /// <summary>Nothing was taken since the last problem.</summary>
    public bool IsInTrouble => LastProblemAt is { } problem && !(LastReceivedAt > problem);
}

/// <param name="MayChange">The actor may add, change and remove.</param>
/// <param name="Services">Those of the team, which a source can be about.</param>
public sealed record TeamSignalSources(string Team, string TeamName, IReadOnlyList<SignalSourceRow> Sources, bool MayChange, IReadOnlyList<SignalService> Services);

public sealed record SignalService(string Slug, string Name);

/// <summary>What tells a team that something is wrong, and how each source does.</summary>
public sealed record ListSignalSources(string Team)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<TeamSignalSources>> HandleAsync(ListSignalSources request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == request.Team, ct);
            if (team is null)
                return Refusal.NotFound($"The team \"{request.Team}\"");
            var rows = await (
                from s in db.SignalSources.AsNoTracking().Where(s => s.TeamId == team.Id && s.RemovedAt == null)
                join h in db.SignalSourceHealth on s.Id equals h.SourceId into healths
                from health in healths.DefaultIfEmpty()
                join x in db.Services on s.ServiceId equals (Guid?)x.Id into services
                from service in services.DefaultIfEmpty()
                orderby s.Name
                select new { Source = s, Health = health, Slug = service == null ? null : service.Slug, ServiceName = service == null ? null : service.Name }).ToListAsync(ct);
            var owned = await db.Services.AsNoTracking().Where(s => s.OwnerTeamId == team.Id && s.ArchivedAt == null).OrderBy(s => s.Name)
                .Select(s => new SignalService(s.Slug, s.Name)).ToListAsync(ct);
            return new TeamSignalSources(team.Slug, team.Name, rows.ConvertAll(r => new SignalSourceRow(
                r.Source.Id, r.Source.Kind, r.Source.Name, r.Slug, r.ServiceName, r.Source.ServiceLabel, r.Source.KeyHint, r.Source.KeyMadeAt, r.Source.ProtectedSecret is not null, r.Source.CreatedAt,
                r.Health?.LastReceivedAt, r.Health?.Taken ?? 0, r.Health?.Unknown ?? 0, r.Health?.LastProblemAt, r.Health?.LastProblem, r.Source.Version)), actor.MayChangeFor(team.Id), owned);
        }
    }
}
