using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Updates;

/// <summary>Publishes an update that somebody else wrote, as it stands.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Version">Of the update as the actor read it, so that nobody approves words that they have not seen; null approves what it is now.</param>
public sealed record ApproveUpdate(int Incident, Guid Id, uint? Version = null)
{
    public sealed class Handler(UnitOfWork work, IOptions<PortalSettings> portal)
    {
        public Task<Outcome<Done>> HandleAsync(ApproveUpdate request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ApproveUpdate, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                var known = await UpdateToChange.FindAsync(change, incident, request.Id, request.Version, ct);
                if (!known.Succeeded)
                    return known.Refusal;
                var update = known.Value;
                // It may have become so since it was written.
                if (incident.IsRestricted && update.StatusPages.Length > 0)
                    return UpdateGiven.WhileRestricted(incident);
                if (update.Approve(actor.PersonId, actor.Name, change.Now) is { } refusal)
                    return refusal;
                await UpdateToChange.RecordPublishedAsync(change, incident, update, portal.Value, ct);
                UpdateToChange.TellAuthor(change, incident, update, $"{actor.Name} approved your update about {incident.Code}; it is published.");
                return Done.Value;
            }, ct);
    }
}
