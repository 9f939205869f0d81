using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>Asks the author of an update to write it anew.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Reason">What has to change.</param>
public sealed record SendBackUpdate(int Incident, Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<SendBackUpdate>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SendBackUpdate request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SendBackUpdate, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var known = await UpdateToChange.FindAsync(change, found.Value, request.Id, version: null, ct);
                if (!known.Succeeded)
                    return known.Refusal;
                var (update, reason) = (known.Value, request.Reason.Trim());
                if (update.SendBack(actor.Name, reason) is { } refusal)
                    return refusal;
                UpdateToChange.Record(change, found.Value, "incident.update_sent_back", update, new { Update = update.Id, update.Title, Reason = reason });
                UpdateToChange.TellAuthor(change, found.Value, update, $"{actor.Name} sent your update about {found.Value.Code} back: {reason}");
                return Done.Value;
            }, ct);
    }
}
