using System.Globalization;
using System.Text.Json;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Deployments;

/// <summary>Takes a webhook of GitLab: a deployment that succeeded is recorded for the service of the source.</summary>
/// <param name="Token">Header X-Gitlab-Token.</param>
/// <param name="Delivery">Header X-Gitlab-Event-UUID.</param>
/// <param name="Body">As it came.</param>
public sealed record ReceiveGitLab(KnownSource Source, string? Token, string? Delivery, ReadOnlyMemory<byte> Body)
{
    public sealed class Handler(DeploymentIntake intake, SignalSecrets secrets)
    {
        // No ISO 8601: "2021-04-28 21:50:00 +0200"; older versions write the zone as UTC.
        private static readonly string[] Forms = ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

        /// <exception cref="JsonException">The body is no JSON.</exception>
        public async Task<Outcome<WebhookAnswer>> HandleAsync(ReceiveGitLab request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.SendSamples))
                return Denial.Of(actor, Permission.SendSamples);
            if (secrets.Reveal(request.Source.ProtectedSecret) is { } secret && !(request.Token is { } given && DeploymentIntake.Same(given, secret)))
                return new WebhookAnswer(WebhookVerdict.Forged, "The header X-Gitlab-Token is missing or wrong. Give the webhook the secret token that the source has.");
            using var document = JsonFields.Parse(request.Body);
            var body = document.RootElement;
            if (body.Text("object_kind") != "deployment")
                return await intake.IgnoreAsync(request.Source, "Nothing is recorded of this event; choose \"Deployment events\" alone.", ct);
            if (body.Text("status") is var status && status != "success")
                return await intake.IgnoreAsync(request.Source, $"A deployment is recorded once it succeeded; the status is \"{SignalText.Clean(status ?? "", 100)}\".", ct);
            return Read(body) is { } deployment
                ? await intake.RecordAsync(request.Source, deployment, request.Delivery, request.Body, actor, ct)
                : Refusal.Invalid("The body has no deployment_id or no status_changed_at of the form 2021-04-28 21:50:00 +0200.");
        }

        private static DeploymentReading? Read(JsonElement body)
        {
            if (body.Text("deployment_id") is not { } id
                || !DateTimeOffset.TryParseExact(body.Text("status_changed_at"), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return null;
            // The full commit stands only at the end of its address.
            var commit = body.Text("commit_url")?.Split('/')[^1] ?? body.Text("short_sha");
            return new DeploymentReading(
                DeploymentReading.VersionOf(body.Text("ref"), body.Text("short_sha") ?? commit), SignalText.Clean(body.Text("environment") ?? "production", 100), at.ToUniversalTime(),
                SignalText.Link(body.Text("environment_external_url"), body.Text("deployable_url"), body.Text("commit_url")),
                SignalText.Description(body.Text("commit_title"), $"{body.Get("project").Text("path_with_namespace") ?? "A project"}, commit {commit ?? "unknown"}") is { } words ? SignalText.Clean(words, 4000) : null,
                SignalText.Clean($"gitlab/{body.Get("project").Text("id")}/{id}", 200));
        }
    }
}
