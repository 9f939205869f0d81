using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Triage;

/// <summary>Lets the portal look up again what may help to find the cause. What it finds enters the timeline within seconds, beside what it found before.</summary>
public sealed record AskTriage(int Number)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(AskTriage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AskTriage, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindToRunAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (incident.AskTriage() is { } refusal)
                    return refusal;
                change.Audit("incident.triage_asked", "incident", incident.Id, IncidentToChange.Named(incident), new { Round = incident.TriageRound });
                change.Publish(IncidentToChange.Topic);
                change.Publish(Timeline.TimelineWriter.Topic(incident.Id));
                return Done.Value;
            }, ct);
    }
}
