using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Deployments;

/// <summary>Takes a webhook of GitHub: a deployment that succeeded is recorded for the service of the source.</summary>
/// <param name="Event">Header X-GitHub-Event.</param>
/// <param name="Delivery">Header X-GitHub-Delivery.</param>
/// <param name="Signature">Header X-Hub-Signature-256.</param>
/// <param name="Body">As it came, since that is what is signed.</param>
public sealed record ReceiveGitHub(KnownSource Source, string? Event, string? Delivery, string? Signature, ReadOnlyMemory<byte> Body)
{
    public sealed class Handler(DeploymentIntake intake, SignalSecrets secrets)
    {
        /// <exception cref="JsonException">The body is no JSON.</exception>
        public async Task<Outcome<WebhookAnswer>> HandleAsync(ReceiveGitHub request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.SendSamples))
                return Denial.Of(actor, Permission.SendSamples);
            if (secrets.Reveal(request.Source.ProtectedSecret) is { } secret && !IsSigned(request, secret))
                return new WebhookAnswer(WebhookVerdict.Forged, "The header X-Hub-Signature-256 is missing or does not fit the body. Give the webhook the secret that the source has.");
            using var document = JsonFields.Parse(request.Body);
            var body = document.RootElement;
            if (request.Event == "ping")
                return await intake.IgnoreAsync(request.Source, "The webhook arrives.", ct);
            if (request.Event != "deployment_status")
                return await intake.IgnoreAsync(request.Source, $"Nothing is recorded of the event \"{SignalText.Clean(request.Event ?? "", 100)}\"; choose \"Deployment statuses\" alone.", ct);
            var state = body.Get("deployment_status").Text("state");
            if (state != "success")
                return await intake.IgnoreAsync(request.Source, $"A deployment is recorded once it succeeded; the state is \"{SignalText.Clean(state ?? "", 100)}\".", ct);
            return Read(body) is { } deployment
                ? await intake.RecordAsync(request.Source, deployment, request.Delivery, request.Body, actor, ct)
                : Refusal.Invalid("The body names no deployment or no time of its status, as GitHub's deployment_status does.");
        }

        private static bool IsSigned(ReceiveGitHub request, string secret) =>
            request.Signature is { } given
            && DeploymentIntake.Same(given, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span))}");

        private static DeploymentReading? Read(JsonElement body)
        {
            var (status, deployment) = (body.Get("deployment_status"), body.Get("deployment"));
            if (deployment.Text("id") is not { } id || status.Instant("created_at") is not { } at)
                return null;
            var environment = SignalText.Clean(status.Text("environment") ?? deployment.Text("environment") ?? "production", 100);
            return new DeploymentReading(
                DeploymentReading.VersionOf(deployment.Text("ref"), deployment.Text("sha")), environment, at,
                SignalText.Link(status.Text("environment_url"), status.Text("log_url"), body.Get("repository").Text("html_url")),
                SignalText.Description(deployment.Text("description"), $"{body.Get("repository").Text("full_name") ?? "A repository"}, commit {deployment.Text("sha") ?? "unknown"}") is { } words ? SignalText.Clean(words, 4000) : null,
                SignalText.Clean($"github/{body.Get("repository").Text("id")}/{id}/{environment}", 200));
        }
    }
}
