using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Changes;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Deployments;

/// <summary>
/// Records what a code host tells of, once: by the name of the delivery, and by its body, since only that is signed and the name is whatever
/// somebody writes who plays a delivery again.
/// </summary>
public sealed class DeploymentIntake(IDbContextFactory<PortalDbContext> contexts, RecordDeployment.Handler record, TimeProvider clock)
{
    /// <summary>So far back GitHub lets people send a delivery again. It is less than deliveries are remembered, so nothing older gets in twice.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(3);

    internal async Task<Outcome<WebhookAnswer>> RecordAsync(
        KnownSource source, DeploymentReading deployment, string? delivery, ReadOnlyMemory<byte> body, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNowInMicroseconds();
        string[] names = [.. new[] { delivery is null ? null : $"delivery/{delivery}", $"body/{Convert.ToHexStringLower(SHA256.HashData(body.Span))}" }.OfType<string>()];
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await DeliveryLog.KnowsAsync(db, source.Id, names, ct))
            return new WebhookAnswer(WebhookVerdict.Known, "This delivery was taken before; nothing was changed.");
        if (deployment.At < now - Oldest)
            return Refusal.Invalid($"The deployment is of {deployment.At.UtcDateTime:yyyy-MM-dd}, and one that is told more than {Oldest.TotalDays:0} days later is not taken.");
        if (source.Service is not { } service)
            return Refusal.Invalid("The source has no service any more. Choose the one that is deployed, on the page of the team's signal sources.");
        var outcome = await record.HandleAsync(
            new RecordDeployment(service, deployment.Version, deployment.Environment, deployment.At, deployment.Url, deployment.Description, deployment.Key), actor, ct);
        if (!outcome.Succeeded)
            return outcome.Refusal;
        await DeliveryLog.AddAsync(db, source.Id, names, now, ct);
        await SourceHealth.NoteTakenAsync(db, source.Id, 1, 0, now, ct);
        return new WebhookAnswer(WebhookVerdict.Taken, $"Version {deployment.Version} is recorded for {service} in {deployment.Environment}.");
    }

    /// <summary>What tells nothing to record is a sign of life all the same.</summary>
    internal async Task<Outcome<WebhookAnswer>> IgnoreAsync(KnownSource source, string sentence, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await SourceHealth.NoteTakenAsync(db, source.Id, 0, 0, clock.GetUtcNowInMicroseconds(), ct);
        return new WebhookAnswer(WebhookVerdict.Ignored, sentence);
    }

    /// <summary>In a time that tells nothing about how much of it is right.</summary>
    internal static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
