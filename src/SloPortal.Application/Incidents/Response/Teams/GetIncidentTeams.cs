using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>The teams that work on an incident, what goes over between them, and the incidents that belong to it with their teams: all of it in one view.</summary>
public sealed record GetIncidentTeams(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads, TimeProvider clock)
    {
        public async Task<Outcome<IncidentTeamsRead>> HandleAsync(GetIncidentTeams request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor).AsNoTracking();
            if (await visible.Include(i => i.Roles).SingleOrDefaultAsync(i => i.Number == request.Number, ct) is not { } incident)
                return IncidentToChange.NotFound(request.Number);
            if (incident.IsRestricted)
                await reads.RecordAsync(actor, "incident.read", "incident", incident.Id, IncidentToChange.Named(incident), ct);

            var links = await db.IncidentLinks.AsNoTracking().Where(l => l.FirstId == incident.Id || l.SecondId == incident.Id).ToListAsync(ct);
            var others = links.ConvertAll(l => l.OtherThan(incident.Id));
            // Links to what the reader may not see are not there for them.
            var linked = await visible.Include(i => i.Roles).Where(i => others.Contains(i.Id)).OrderBy(i => i.Number).ToListAsync(ct);
            Guid[] shown = [incident.Id, .. linked.Select(i => i.Id)];
            var teams = await db.InvolvedTeams.AsNoTracking().Where(t => shown.Contains(t.IncidentId)).ToListAsync(ct);
            var handOffs = await db.HandOffs.AsNoTracking().Where(h => shown.Contains(h.IncidentId)).OrderByDescending(h => h.OfferedAt).ToListAsync(ct);
            var openTasks = await db.IncidentTasks.AsNoTracking().Where(t => shown.Contains(t.IncidentId) && t.TeamId != null && t.State == TaskState.Open)
                .GroupBy(t => new { t.IncidentId, t.TeamId }).Select(g => new { g.Key.IncidentId, g.Key.TeamId, Count = g.Count() }).ToDictionaryAsync(g => (g.IncidentId, g.TeamId!.Value), g => g.Count, ct);
            var tasks = handOffs.ConvertAll(h => h.TaskId).OfType<Guid>().ToList();
            var titles = await db.IncidentTasks.AsNoTracking().Where(t => tasks.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Title, ct);
            var told = await UpdatesOf.LastAsync(db, visible, shown, ct);
            var known = await NamesAsync(db, [incident, .. linked], teams, handOffs, ct);
            var maySay = actor.May(Permission.Respond) && !incident.IsMerged;

            return new IncidentTeamsRead(
                incident.Id, TeamsOf(incident), [.. handOffs.Where(h => h.IncidentId == incident.Id).Select(Row)],
                [.. linked.Select(i => new LinkedIncident(RelationOf(links.Find(l => l.OtherThan(incident.Id) == i.Id)!), Standing(i)))], Standing(incident),
                maySay, incident.MayBeRunBy(actor) && !incident.IsMerged, now);

            IncidentPerson? Person(Guid? id) => id is { } person ? new(person, known.People.GetValueOrDefault(person, "SloPortal")) : null;

            IReadOnlyList<InvolvedTeamRow> TeamsOf(Incident of) => [.. teams.Where(t => t.IncidentId == of.Id).OrderBy(t => t.State == TeamState.Done).ThenBy(t => t.AskedAt).ThenBy(t => known.Teams[t.TeamId].Name, StringComparer.CurrentCulture).Select(t => new InvolvedTeamRow(
                known.Teams[t.TeamId].Slug, known.Teams[t.TeamId].Name, t.Part, t.State, t.Note, t.StateSince, Person(t.LeadId), openTasks.GetValueOrDefault((of.Id, t.TeamId)),
                handOffs.Count(h => h.IncidentId == of.Id && h.State == HandOffState.Offered && h.ToTeamId == t.TeamId), actor.TeamIds.Contains(t.TeamId)))];

            HandOffRow Row(HandOff h) => new(
                h.Id, known.Teams[h.FromTeamId].Name, known.Teams[h.ToTeamId].Name, h.What, h.TaskId is { } task ? titles.GetValueOrDefault(task) : null, h.State,
                Person(h.OfferedBy)!, h.OfferedAt, Person(h.AnsweredBy)?.Name, h.AnsweredAt, h.Reason,
                maySay && h.State == HandOffState.Offered && h.OfferedBy != actor.PersonId && actor.TeamIds.Contains(h.ToTeamId),
                maySay && h.State == HandOffState.Offered && (h.OfferedBy == actor.PersonId || actor.TeamIds.Contains(h.FromTeamId) || incident.MayBeRunBy(actor)));

            IncidentRelation RelationOf(IncidentLink link) => link.Kind == IncidentLinkKind.Related ? IncidentRelation.Related : link.FirstId == incident.Id ? IncidentRelation.Child : IncidentRelation.Parent;

            IncidentStanding Standing(Incident of) => new(
                of.Number, of.Code, of.Title, of.Severity, of.Status, Person(of.HolderOf(IncidentRole.Commander))?.Name,
                UpdateCadence.Due(IncidentStatusRules.IsOpen(of.Status), of.Severity, of.DeclaredAt, told.GetValueOrDefault(of.Id)) is var due ? due.At : null, due.OverdueBy(now)?.TotalSeconds, TeamsOf(of));
        }

        private static async Task<(Dictionary<Guid, string> People, Dictionary<Guid, Team> Teams)> NamesAsync(
            PortalDbContext db, IReadOnlyList<Incident> incidents, IReadOnlyList<InvolvedTeam> teams, IReadOnlyList<HandOff> handOffs, CancellationToken ct)
        {
            Guid[] people = [.. incidents.SelectMany(i => i.Roles).Select(r => r.PersonId), .. teams.Select(t => t.LeadId).OfType<Guid>(), .. handOffs.SelectMany(h => new[] { h.OfferedBy, h.AnsweredBy }).OfType<Guid>()];
            Guid[] named = [.. teams.Select(t => t.TeamId), .. handOffs.SelectMany(h => new[] { h.FromTeamId, h.ToTeamId })];
            return (await db.Users.AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct),
                await db.Teams.AsNoTracking().Where(t => named.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct));
        }
    }
}

/// <param name="Teams">Of this incident, what is over last.</param>
/// <param name="HandOffs">Of this incident, the newest first.</param>
/// <param name="Linked">What belongs to it and the reader may see.</param>
/// <param name="Own">How the incident itself stands.</param>
/// <param name="MayWrite">The reader may ask for teams, and say how their own stands.</param>
/// <param name="MayRun">The reader decides here, also for teams that are not theirs.</param>
public sealed record IncidentTeamsRead(
    Guid IncidentId, IReadOnlyList<InvolvedTeamRow> Teams, IReadOnlyList<HandOffRow> HandOffs, IReadOnlyList<LinkedIncident> Linked, IncidentStanding Own, bool MayWrite, bool MayRun, DateTimeOffset ReadAt);

/// <param name="Lead">Null while nobody answers for its part.</param>
/// <param name="OpenTasks">Tasks of its part.</param>
/// <param name="Offered">Hand-offs that wait for its answer.</param>
/// <param name="IsMine">The reader belongs to it.</param>
public sealed record InvolvedTeamRow(
    string Slug, string Name, string Part, TeamState State, string Note, DateTimeOffset StateSince, IncidentPerson? Lead, int OpenTasks, int Offered, bool IsMine);

/// <param name="Task">Its title; null where the whole part goes over.</param>
public sealed record HandOffRow(
    Guid Id, string From, string To, string What, string? Task, HandOffState State, IncidentPerson OfferedBy, DateTimeOffset OfferedAt,
    string? AnsweredBy, DateTimeOffset? AnsweredAt, string Reason, bool MayAnswer, bool MayWithdraw);

/// <param name="As">What it is to the incident that is looked at.</param>
public sealed record LinkedIncident(IncidentRelation As, IncidentStanding Incident);

/// <param name="UpdateDueAt">When stakeholders should hear of it next; null where nothing is due.</param>
/// <param name="UpdateOverdueSeconds">Null while it is not overdue.</param>
public sealed record IncidentStanding(
    int Number, string Code, string Title, IncidentSeverity Severity, IncidentStatus Status, string? Commander, DateTimeOffset? UpdateDueAt, double? UpdateOverdueSeconds, IReadOnlyList<InvolvedTeamRow> Teams);
