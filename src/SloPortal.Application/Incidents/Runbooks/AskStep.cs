using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>Asks that a step which changes something is run. It waits until a second person approves it.</summary>
/// <param name="Step">Of the runbook of one of the incident's services.</param>
/// <param name="ClientKey">The same key again is the same ask.</param>
public sealed record AskStep(int Number, Guid Step, string Because, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<AskStep>
    {
        public Validator()
        {
            RuleFor(r => r.Because).MustBeReason();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(AskStep request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AskStep, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (await StepToChange.MustRunStepsAsync(change, incident, ct) is { } refusal)
                    return refusal;
                var services = incident.ServiceIds;
                var runbook = (await RunbookReading.InForce(change.Db).AsNoTracking().Where(r => services.Contains(r.ServiceId)).ToListAsync(ct)).Find(r => r.StepOf(request.Step) is not null);
                if (runbook?.StepOf(request.Step) is not { } step)
                    return Refusal.NotFound("The step");
                if (step.Kind == StepKind.Reads)
                    return Refusal.Conflict($"\"{step.Name}\" only reads, so it runs by itself with each round of triage. Collect again to run it again.");
                if (await change.Db.StepRuns.AnyAsync(r => r.IncidentId == incident.Id && r.StepId == step.Id && (r.State == StepRunState.Waiting || r.State == StepRunState.Approved || r.State == StepRunState.Running), ct))
                    return Refusal.Conflict($"\"{step.Name}\" was asked for already and is not over.");
                var because = request.Because.Trim();
                var service = await change.Db.Services.SingleAsync(s => s.Id == runbook.ServiceId, ct);
                var asked = new StepToChange(incident, new StepRun(Guid.CreateVersion7(change.Now), incident.Id, runbook, step, actor.PersonId, actor.Name, because, change.Now), service);
                change.Db.StepRuns.Add(asked.Run);
                change.Tell(await ToDecideAsync(change, asked, actor, ct), $"{actor.Name} asks you to approve {asked.Subject} in {incident.Code}: {because}", IncidentAddresses.Of(incident.Number));
                return await asked.SayAsync(change, "runbook.step_asked", $"Asks to run {asked.Subject}: {because}", request.ClientKey, ct);
            }, ct);

        /// <summary>Who can approve it soonest: whoever leads the incident, or else those whom one turns to of the service's owners.</summary>
        private static async Task<IEnumerable<Guid>> ToDecideAsync(Change change, StepToChange asked, Actor actor, CancellationToken ct)
        {
            var people = (await TeamToChange.DecidersAsync(change, asked.Incident, ct)).Where(p => p != actor.PersonId).ToList();
            return people.Count > 0 ? people
                : (await TeamToChange.FirstToTellAsync(change, asked.Incident, asked.Service.OwnerTeamId, null, ct)).Where(p => p != actor.PersonId);
        }
    }
}
