using System.Text.Json;
using SloPortal.Application.Access;
using SloPortal.Application.Changes;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Deployments;

/// <summary>
/// Takes a change event of PagerDuty's Events API: it is recorded as a deployment of the source's service, by its version where the details have one
/// and by its summary otherwise.
/// </summary>
public sealed record ReceiveChangeEvent(KnownSource Source, JsonElement Event)
{
    public sealed class Handler(RecordDeployment.Handler record, TimeProvider clock)
    {
        public async Task<Outcome<Done>> HandleAsync(ReceiveChangeEvent request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.SendSamples))
                return Denial.Of(actor, Permission.SendSamples);
            var payload = request.Event.Get("payload");
            if (string.IsNullOrWhiteSpace(payload.Text("summary")))
                return Refusal.Invalid("'payload.summary' is missing or blank");
            if (request.Source.Service is not { } service)
                return Refusal.Conflict("A change event came, and the source has no service on whose axis it could stand. Choose one of the team's.");
            var (details, summary) = (payload.Get("custom_details"), payload.Text("summary")!.Trim());
            var version = details.Text("version") ?? details.Text("build_number") ?? summary;
            var outcome = await record.HandleAsync(
                new RecordDeployment(
                    service, SignalText.Clean(version.Trim(), 200), SignalText.Clean(details.Text("environment") ?? "production", 100), payload.Instant("timestamp") ?? clock.GetUtcNowInMicroseconds(),
                    SignalText.Link([.. request.Event.Get("links").Items().Select(l => l.Text("href"))]), SignalText.Clean(summary, 4000)), actor, ct);
            return outcome.Succeeded ? Done.Value : outcome.Refusal;
        }
    }
}
