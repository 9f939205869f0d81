using FluentValidation;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>Its author writes an update anew that is not published yet.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Version">Of the update as it was read; null changes it whatever it is now.</param>
public sealed record ReviseUpdate(int Incident, Guid Id, UpdateGiven Update, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<ReviseUpdate>
    {
        public Validator() => RuleFor(r => r).Custom((r, context) => UpdateGiven.Check(context, r.Update));
    }

    public sealed class Handler(UnitOfWork work, IOptions<PortalSettings> portal)
    {
        public Task<Outcome<WrittenUpdate>> HandleAsync(ReviseUpdate request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ReviseUpdate, WrittenUpdate>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                var known = await UpdateToChange.FindAsync(change, incident, request.Id, request.Version, ct);
                if (!known.Succeeded)
                    return known.Refusal;
                var update = known.Value;
                var read = await request.Update.ReadAsync(change.Db, incident, change.Now, ct);
                if (!read.Succeeded)
                    return read.Refusal;
                if (update.Revise(read.Value.Text, actor.PersonId, change.Now) is { } refusal)
                    return refusal;
                if (read.Value.NeedsApproval)
                {
                    UpdateToChange.Record(change, incident, "incident.update_revised", update);
                    await UpdateToChange.TellWaitingAsync(change, incident, update, ct);
                }
                else
                {
                    update.Publish(change.Now);
                    await UpdateToChange.RecordPublishedAsync(change, incident, update, portal.Value, ct);
                }
                return new WrittenUpdate(update.Id, update.State);
            }, ct);
    }
}
