using FluentValidation;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <param name="State">Published, where no page that it goes to needs approval; otherwise it waits.</param>
public sealed record WrittenUpdate(Guid Id, UpdateState State);

/// <summary>Writes an update for stakeholders. It waits for somebody else's approval where one of its status pages asks for that.</summary>
/// <param name="Incident">Number.</param>
public sealed record WriteUpdate(int Incident, UpdateGiven Update)
{
    public sealed class Validator : AbstractValidator<WriteUpdate>
    {
        public Validator() => RuleFor(r => r).Custom((r, context) => UpdateGiven.Check(context, r.Update));
    }

    public sealed class Handler(UnitOfWork work, IOptions<PortalSettings> portal)
    {
        public Task<Outcome<WrittenUpdate>> HandleAsync(WriteUpdate request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WriteUpdate, WrittenUpdate>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                var read = await request.Update.ReadAsync(change.Db, incident, change.Now, ct);
                if (!read.Succeeded)
                    return read.Refusal;
                var update = new IncidentUpdate(Guid.CreateVersion7(change.Now), incident.Id, read.Value.Text, actor.PersonId, actor.Name, change.Now);
                change.Db.IncidentUpdates.Add(update);
                if (read.Value.NeedsApproval)
                {
                    UpdateToChange.Record(change, incident, "incident.update_written", update);
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
