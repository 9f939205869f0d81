using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Runbooks;

namespace SloPortal.Application.Incidents.Runbooks;

/// <param name="AskedBy">Null where it runs by itself.</param>
/// <param name="Because">Why it was asked for.</param>
/// <param name="DecidedBy">Who approved or declined it; null where nobody had to, or has yet.</param>
/// <param name="DecidedBecause">Why it was approved or declined.</param>
/// <param name="Why">Why it did not succeed, or did not run.</param>
/// <param name="MayDecide">The actor may approve and decline it now.</param>
/// <param name="IsMine">The actor asked for it.</param>
public sealed record StepRunRow(
    Guid Id, StepRunState State, DateTimeOffset AskedAt, string? AskedBy, string? Because, string? DecidedBy, string? DecidedBecause, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int? Status, string? Answer,
    string? Why, bool MayDecide, bool IsMine)
{
    /// <summary>What it last came to, for a reader.</summary>
    public DateTimeOffset At => EndedAt ?? StartedAt ?? AskedAt;
}

/// <param name="Last">Null where it did not run here yet.</param>
/// <param name="Runs">How often it was asked for or queued here.</param>
/// <param name="MayAsk">The actor may ask for it now.</param>
public sealed record IncidentStepRow(Guid Id, string Name, string Does, StepKind Kind, int TimeoutSeconds, StepRunRow? Last, int Runs, bool MayAsk);

/// <param name="Service">Slug.</param>
public sealed record IncidentRunbookRow(string Service, string ServiceName, string Title, IReadOnlyList<IncidentStepRow> Steps);

/// <param name="StoppedBecause">Sentences; null while steps may run.</param>
/// <param name="Resumed">Who let them go on last, and why; null where nobody had to, and while they are stopped.</param>
/// <param name="MayResume">The actor may let them go on.</param>
public sealed record IncidentRunbookRead(
    Guid IncidentId, bool IsOpen, IReadOnlyList<IncidentRunbookRow> Runbooks, DateTimeOffset? StoppedAt, string? StoppedBecause, string? Resumed, bool MayResume);

/// <summary>The runbooks of an incident's services and what became of their steps here. Reading those of a restricted incident is recorded.</summary>
public sealed record GetIncidentRunbook(int Number)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<IncidentRunbookRead>> HandleAsync(GetIncidentRunbook request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.IncidentsFor(actor).AsNoTracking().WithParts().SingleOrDefaultAsync(i => i.Number == request.Number, ct) is not { } incident)
                return IncidentToChange.NotFound(request.Number);
            if (incident.IsRestricted)
                await reads.RecordAsync(actor, "incident.read", "incident", incident.Id, IncidentToChange.Named(incident), ct);
            var runs = await db.StepRuns.AsNoTracking().Where(r => r.IncidentId == incident.Id).OrderByDescending(r => r.AskedAt).ThenByDescending(r => r.Id).ToListAsync(ct);
            Guid[] services = [.. incident.ServiceIds.Union(runs.Select(r => r.ServiceId))];
            var runbooks = await (from r in RunbookReading.InForce(db).AsNoTracking()
                                  join s in db.Services.AsNoTracking() on r.ServiceId equals s.Id
                                  where services.Contains(s.Id)
                                  orderby s.Name
                                  select new { Runbook = r, Service = s }).ToListAsync(ct);
            var automation = await db.IncidentAutomations.AsNoTracking().SingleOrDefaultAsync(a => a.IncidentId == incident.Id, ct);
            var (isOpen, isStopped) = (IncidentStatusRules.IsOpen(incident.Status) && !incident.IsMerged, automation is { IsStopped: true });
            return new IncidentRunbookRead(
                incident.Id, isOpen,
                [.. runbooks.Select(r => new IncidentRunbookRow(r.Service.Slug, r.Service.Name, r.Runbook.Title, StepsOf(r.Runbook, r.Service))).Where(r => r.Steps.Count > 0)],
                automation?.StoppedAt, automation?.Because, automation is { IsStopped: false, ResumedByName: { } by } ? $"{by} let the steps go on: {automation.ResumedBecause}" : null,
                isOpen && isStopped && incident.MayBeRunBy(actor));

            // Steps that are not in the runbook any more stand below, where they ran here.
            List<IncidentStepRow> StepsOf(Runbook runbook, Domain.Catalog.Service service)
            {
                var own = runs.Where(r => r.ServiceId == service.Id).ToLookup(r => r.StepId);
                var belongs = incident.ServiceIds.Contains(service.Id);
                return [
                    .. (belongs ? runbook.Steps : []).Select(s => new IncidentStepRow(
                        s.Id, s.Name, s.Does, s.Kind, s.TimeoutSeconds, Row(own[s.Id].FirstOrDefault(), service), own[s.Id].Count(),
                        s.Kind == StepKind.Changes && isOpen && !isStopped && actor.May(Permission.Respond) && own[s.Id].All(r => r.IsOver))),
                    .. own.Where(g => !belongs || runbook.StepOf(g.Key) is null).Select(g => g.First()).Select(r => new IncidentStepRow(
                        r.StepId, r.StepName, "Not in the runbook any more.", r.Kind, 0, Row(r, service), own[r.StepId].Count(), false)),
                ];
            }

            StepRunRow? Row(StepRun? run, Domain.Catalog.Service service) => run is null ? null : new(
                run.Id, run.State, run.AskedAt, run.AskedByName, run.Because, run.DecidedByName, run.DecidedBecause, run.StartedAt, run.EndedAt, run.Status, run.Answer, run.Why,
                run.State == StepRunState.Waiting && isOpen && run.AskedById != actor.PersonId && StepToChange.MayDecide(incident, service.OwnerTeamId, actor),
                run.AskedById is { } asker && asker == actor.PersonId);
        }
    }
}
