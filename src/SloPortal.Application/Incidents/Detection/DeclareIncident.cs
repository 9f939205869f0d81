using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Detection;

/// <summary>Declares an incident by hand.</summary>
/// <param name="Services">Slugs.</param>
/// <param name="Objectives">Whose budget it spends; their services are touched too.</param>
/// <param name="StartedAt">When users first felt it; null is now.</param>
/// <param name="Restricted">Only the readers and the actor see that it exists.</param>
/// <param name="ConfirmUnusualTime">A start that was asked about is meant.</param>
public sealed record DeclareIncident(
    string Title, IncidentSeverity Severity, IReadOnlyList<string>? Services = null, IReadOnlyList<ObjectiveKey>? Objectives = null,
    DateTimeOffset? StartedAt = null, string? Summary = null, bool Restricted = false, IReadOnlyList<Guid>? Readers = null, bool ConfirmUnusualTime = false)
{
    public sealed class Validator : AbstractValidator<DeclareIncident>
    {
        public Validator()
        {
            RuleFor(r => r.Title).MustBeIncidentTitle();
            RuleFor(r => r.Severity).MustBeSeverity();
            RuleFor(r => r.Summary).MustBeIncidentSummary();
            RuleFor(r => r.Services).Must(s => s is null or { Count: <= 50 }).WithMessage("An incident names at most 50 services.");
            RuleFor(r => r.Objectives).Must(o => o is null or { Count: <= 50 }).WithMessage("An incident names at most 50 objectives.");
            RuleForEach(r => r.Services).MustBeNamed();
            RuleForEach(r => r.Objectives).MustBeNamed();
            RuleFor(r => r.Readers).Must(p => p is null or { Count: <= 200 }).WithMessage("At most 200 people can be named.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the incident.</returns>
        public Task<Outcome<int>> HandleAsync(DeclareIncident request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DeclareIncident, int>(request, actor, Permission.Respond, async change =>
            {
                var declared = await DeclareAsync(request, change, Guid.CreateVersion7(change.Now), ct);
                return declared.Succeeded ? declared.Value.Number : declared.Refusal;
            }, ct);

        /// <summary>The same inside a change that does more, whose request was held to the same rules.</summary>
        internal static async Task<Outcome<Incident>> DeclareAsync(DeclareIncident request, Change change, Guid id, CancellationToken ct)
        {
            var actor = change.Actor;
            var affected = await Affected.FindAsync(change.Db, request.Services, request.Objectives, ct);
            if (!affected.Succeeded)
                return affected.Refusal;
            if (await AskedTime.AskAsync(change.Db, nameof(StartedAt), request.StartedAt, affected.Value.Services, change.Now, request.ConfirmUnusualTime, ct) is { } question)
                return question;
            Guid[] readers = request.Restricted ? [.. (request.Readers ?? []).Append(actor.PersonId).Distinct()] : [];
            var named = await IncidentPeople.NamesAsync(change.Db, nameof(Readers), readers, ct);
            if (!named.Succeeded)
                return named.Refusal;

            var incident = new Incident(
                id, request.Title.Trim(), request.Summary?.Trim() ?? "", request.Severity, (request.StartedAt ?? change.Now).ToUniversalTime(), actor.PersonId, change.Now);
            incident.ChangeAffected(affected.Value.Services, affected.Value.Objectives);
            if (request.Restricted)
                incident.Restrict(readers);
            change.Db.Incidents.Add(incident);
            await change.Db.SaveChangesAsync(ct);
            await IncidentToChange.RecordAsync(change, incident, "incident.declared", new NewEntry(
                EntryKind.Declared, $"Declared as {SeverityLevel.Code(incident.Severity)}: {incident.Title}",
                Details: new { incident.Severity, incident.StartedAt, request.Services, request.Objectives, request.Restricted }), ct);
            IReadOnlyList<Guid> told = request.Restricted ? readers : await IncidentPeople.CommandersAsync(change.Db, ct);
            change.Tell(told.Where(p => p != actor.PersonId), $"{actor.Name} declared {incident.Code}: {incident.Title}", IncidentAddresses.Of(incident.Number));
            return incident;
        }
    }
}
