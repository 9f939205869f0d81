using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Application.Incidents.Timeline.Phases;

/// <summary>Says when a phase began, other than what is derived. What is derived stays beside it, and the timeline says who said otherwise, and why.</summary>
/// <param name="Incident">Number.</param>
/// <param name="At">Null takes what is derived again.</param>
/// <param name="ClientKey">The same key again changes nothing.</param>
/// <param name="ConfirmUnusualTime">A time that was asked about is meant.</param>
public sealed record AdjustPhase(int Incident, Phase Phase, DateTimeOffset? At, string Reason, string? ClientKey = null, bool ConfirmUnusualTime = false)
{
    public sealed class Validator : AbstractValidator<AdjustPhase>
    {
        public Validator()
        {
            RuleFor(r => r.Phase).IsInEnum().WithMessage("A phase is began, detected, acknowledged, mitigated or resolved.");
            RuleFor(r => r.Reason).MustBeReason();
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(AdjustPhase request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AdjustPhase, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (await AskedTime.AskAsync(change.Db, nameof(At), request.At, incident.ServiceIds, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                    return question;
                var phases = (await PhaseReading.OfAsync(change.Db, [incident], change.Db.IncidentsFor(actor), ct))[incident.Id];
                var moment = phases.Moments[(int)request.Phase];
                DateTimeOffset? at = request.At?.ToUniversalTime() is { } given ? new(given.Ticks - given.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null;
                if (at == moment.Adjusted?.At)
                    return Refusal.Conflict(at is null ? "This phase counts as it is derived already." : "This phase is adjusted to that time already.");
                if (phases.WhyNot(request.Phase, at) is { } refusal)
                    return refusal;
                var reason = request.Reason.Trim();
                var details = new PhaseDetails(request.Phase, at, moment.Derived?.At, moment.Adjusted?.At, reason);
                return await IncidentToChange.RecordAsync(change, incident, "incident.phase_adjusted", new NewEntry(
                    EntryKind.Phase, $"{request.Phase} {Words(moment, at)}: {reason}", ClientKey: request.ClientKey, Details: details, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);

        private static string Words(PhaseMoment moment, DateTimeOffset? at)
        {
            var before = moment.At is { } known ? IncidentPhases.Text(known) : "not known";
            return at is { } adjusted ? $"adjusted from {before} to {IncidentPhases.Text(adjusted)}"
                : $"counts as derived again, {(moment.Derived is { } derived ? IncidentPhases.Text(derived.At) : "not known")}, after it was adjusted to {before}";
        }
    }
}
