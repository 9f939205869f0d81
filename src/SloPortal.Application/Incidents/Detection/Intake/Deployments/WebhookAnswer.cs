namespace SloPortal.Application.Incidents.Detection.Intake.Deployments;

/// <summary>What becomes of a webhook about a deployment.</summary>
public enum WebhookVerdict
{
    /// <summary>The deployment is recorded.</summary>
    Taken,
    /// <summary>It tells nothing that is recorded here, such as a deployment that only begins.</summary>
    Ignored,
    /// <summary>This delivery was taken before.</summary>
    Known,
    /// <summary>The signature or the token is missing or wrong.</summary>
    Forged,
}

/// <param name="Sentence">For whoever reads the deliveries at the sender.</param>
public sealed record WebhookAnswer(WebhookVerdict Verdict, string Sentence);
