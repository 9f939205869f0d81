using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response;

/// <summary>Judges the incident to be better or worse than thought.</summary>
/// <param name="ClientKey">The same key again changes nothing.</param>
public sealed record ChangeSeverity(int Number, IncidentSeverity Severity, string Reason, DateTimeOffset? OccurredAt = null, string? ClientKey = null, bool ConfirmUnusualTime = false)
{
    public sealed class Validator : AbstractValidator<ChangeSeverity>
    {
        public Validator()
        {
            RuleFor(r => r.Severity).MustBeSeverity();
            RuleFor(r => r.Reason).MustBeReason();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(ChangeSeverity request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeSeverity, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (await AskedTime.AskAsync(change.Db, nameof(OccurredAt), request.OccurredAt, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                    return question;
                var before = incident.Severity;
                if (before == request.Severity)
                    return Refusal.Conflict($"This incident is {SeverityLevel.Code(before)} already.");
                incident.ChangeSeverity(request.Severity);
                return await IncidentToChange.RecordAsync(change, incident, "incident.severity_changed", new NewEntry(
                    EntryKind.Severity, $"Severity from {SeverityLevel.Code(before)} to {SeverityLevel.Code(incident.Severity)}" + IncidentToChange.Because(request.Reason),
                    request.OccurredAt, request.ClientKey, new { Before = before, After = incident.Severity, Reason = request.Reason.Trim() }), ct);
            }, ct);
    }
}
