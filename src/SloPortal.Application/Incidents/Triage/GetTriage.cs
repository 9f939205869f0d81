using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Triage;

namespace SloPortal.Application.Incidents.Triage;

/// <summary>What the portal found last that may help to find the cause of an incident.</summary>
public sealed record GetTriage(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads, IEnumerable<IKnownCauses> causes)
    {
        public async Task<Outcome<TriageRead>> HandleAsync(GetTriage request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.IncidentsFor(actor).AsNoTracking().Include(i => i.Roles).SingleOrDefaultAsync(i => i.Number == request.Number, ct) is not { } incident)
                return IncidentToChange.NotFound(request.Number);
            if (incident.IsRestricted)
                await reads.RecordAsync(actor, "incident.read", "incident", incident.Id, IncidentToChange.Named(incident), ct);
            var questions = Enum.GetValues<TriageQuestion>().Length;
            var entries = await db.TimelineEntries.AsNoTracking().Where(e => e.IncidentId == incident.Id && e.Kind == EntryKind.Triage)
                .OrderByDescending(e => e.Number).Take(questions).Select(e => new { e.Id, e.Number, e.RecordedAt, e.Details }).ToListAsync(ct);
            var found = entries.ConvertAll(e => (Entry: e, Finding: JsonSerializer.Deserialize<TriageFinding>(e.Details, PortalJson.Options)!));
            var titles = await EvidenceTitles.OfAsync(db, actor, [.. found.SelectMany(f => f.Finding.Items).Select(i => i.Evidence)], ct);
            Guid[] like = [.. titles.Keys.Where(e => e.Kind == EvidenceKind.Incident).Select(e => e.Id).OfType<Guid>()];
            var known = new Dictionary<Guid, string>();
            foreach (var answer in causes)
            {
                foreach (var (id, cause) in await answer.OfAsync(db, like, ct))
                    known[id] = cause;
            }
            return new TriageRead(
                incident.Id, await CollectTriage.Asked(db).AnyAsync(i => i.Id == incident.Id, ct),
                [.. found.OrderBy(f => f.Finding.Question).Select(f => new TriageAnswer(
                    f.Finding.Question, f.Finding.State, f.Finding.Said,
                    [.. f.Finding.Items.Where(i => titles.ContainsKey(i.Evidence)).Select(i => new TriageLead(
                        i.Evidence, titles[i.Evidence].Text, titles[i.Evidence].Within, i.Why, i.Stands, i.Evidence.Id is { } id ? known.GetValueOrDefault(id) : null))],
                    f.Finding.Query, f.Entry.Id, f.Entry.Number, f.Entry.RecordedAt))],
                incident.MayBeRunBy(actor) && !incident.IsMerged && Domain.Incidents.IncidentStatusRules.IsOpen(incident.Status));
        }
    }
}

/// <param name="IsPending">Answers are looked up at this moment.</param>
/// <param name="Answers">Of the last round, one to each question; none before the first round.</param>
/// <param name="MayAsk">The reader may have it looked up again.</param>
public sealed record TriageRead(Guid IncidentId, bool IsPending, IReadOnlyList<TriageAnswer> Answers, bool MayAsk);

/// <param name="Said">The answer in a sentence; where it failed, why.</param>
/// <param name="Leads">What stands out first. Those that the reader may not see are left out.</param>
/// <param name="Query">What was asked; the answer is as of its end.</param>
/// <param name="Entry">Of the timeline.</param>
/// <param name="Number">Of that entry.</param>
public sealed record TriageAnswer(
    TriageQuestion Question, FindingState State, string Said, IReadOnlyList<TriageLead> Leads, TriageQuery Query, Guid Entry, int Number, DateTimeOffset RecordedAt);

/// <param name="Title">What the evidence is called.</param>
/// <param name="Within">See <see cref="LinkRow.Within"/>.</param>
/// <param name="Stands">Whether it speaks for being the cause, or hurts as well.</param>
/// <param name="Cause">Of an incident: what its postmortem says of the cause; null where none was approved.</param>
public sealed record TriageLead(Evidence Evidence, string Title, string? Within, string Why, bool Stands, string? Cause);
