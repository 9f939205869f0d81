using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance.Retention;

namespace SloPortal.Application.Governance.Retention;

/// <summary>Keeps everything of a service, or of the services of an incident, from being removed.</summary>
/// <param name="Service">Slug of the service; null for an incident.</param>
/// <param name="Incident">Number of the incident; null for a service.</param>
/// <param name="Reason">Such as the case for which it is kept.</param>
public sealed record PlaceLegalHold(string? Service, int? Incident, string Reason)
{
    public sealed class Validator : AbstractValidator<PlaceLegalHold>
    {
        public Validator()
        {
            RuleFor(r => r.Service).Must((r, service) => string.IsNullOrEmpty(service) != (r.Incident is null)).WithMessage("Choose a service, or give the number of an incident.");
            RuleFor(r => r.Reason).MustBeRetentionReason();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(PlaceLegalHold request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<PlaceLegalHold, Guid>(request, actor, Permission.Administer, async change =>
            {
                Guid? service = null, incident = null;
                string name;
                if (request.Incident is { } number)
                {
                    if (await change.Db.IncidentsFor(actor).Where(i => i.Number == number).Select(i => new { i.Id, i.Title }).SingleOrDefaultAsync(ct) is not { } found)
                        return Refusal.Invalid(nameof(Incident), $"There is no incident INC-{number}.");
                    (incident, name) = (found.Id, $"INC-{number} {found.Title}");
                }
                else
                {
                    if (await change.Db.Services.Where(s => s.Slug == request.Service).Select(s => new { s.Id, s.Name }).SingleOrDefaultAsync(ct) is not { } found)
                        return Refusal.Invalid(nameof(Service), $"There is no service \"{request.Service}\".");
                    (service, name) = (found.Id, found.Name);
                }
                if (await change.Db.LegalHolds.AnyAsync(h => h.ReleasedAt == null && (service != null ? h.ServiceId == service : h.IncidentId == incident), ct))
                    return Refusal.Conflict($"A hold of {name} is in force already.");
                var hold = new LegalHold(Guid.CreateVersion7(change.Now), service, incident, request.Reason.Trim(), actor.Name, change.Now);
                change.Db.LegalHolds.Add(hold);
                Record(change, hold, "retention.hold-placed", name, hold.Reason);
                change.Publish("retention");
                return hold.Id;
            }, ct);

        /// <summary>The entry is about the service or the incident, so that who may not see the incident does not see it either.</summary>
        internal static void Record(Change change, LegalHold hold, string action, string name, string reason) => change.Audit(
            action, hold.IncidentId is null ? "service" : "incident", hold.IncidentId ?? hold.ServiceId!.Value, name, new { Hold = hold.Id, Reason = reason });
    }
}

/// <summary>Lets the rules count again for what was held.</summary>
public sealed record ReleaseLegalHold(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<ReleaseLegalHold>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeRetentionReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ReleaseLegalHold request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ReleaseLegalHold, Done>(request, actor, Permission.Administer, async change =>
            {
                var hidden = change.Db.HiddenIncidentsFor(actor).Select(i => i.Id);
                if (await change.Db.LegalHolds.SingleOrDefaultAsync(h => h.Id == request.Id && (h.IncidentId == null || !hidden.Contains(h.IncidentId.Value)), ct) is not { } hold)
                    return Refusal.NotFound("This hold");
                if (hold.ReleasedAt is not null)
                    return Refusal.Conflict("It was released already.");
                hold.Release(request.Reason.Trim(), actor.Name, change.Now);
                PlaceLegalHold.Handler.Record(change, hold, "retention.hold-released", "Legal hold", request.Reason.Trim());
                change.Publish("retention");
                return Done.Value;
            }, ct);
    }
}
