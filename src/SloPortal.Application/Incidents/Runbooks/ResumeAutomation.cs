using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>Lets the steps of an incident go on that were stopped: what was queued runs, and what is asked for can be approved. What stopped them does so again in the next round of triage.</summary>
public sealed record ResumeAutomation(int Number, string Because)
{
    public sealed class Validator : AbstractValidator<ResumeAutomation>
    {
        public Validator() => RuleFor(r => r.Because).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(ResumeAutomation request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ResumeAutomation, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (!IncidentStatusRules.IsOpen(incident.Status))
                    return Refusal.Conflict($"{incident.Code} is {IncidentStatusRules.Word(incident.Status)}, so no step is run for it any more. Take it back to acknowledged first.");
                var automation = await Automation.OfAsync(change, incident, ct);
                var (patterns, because) = (automation.Patterns, request.Because.Trim());
                if (automation.Resume(actor.Name, because, change.Now) is { } refusal)
                    return refusal;
                Automation.Wake(change, incident.Id);
                return await EntryRules.SayAsync(change, incident, "runbook.resumed", new NewEntry(
                    EntryKind.Runbook, $"Lets the steps of the runbook go on: {because}", Details: new { Patterns = patterns, Because = because }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
