using Microsoft.AspNetCore.DataProtection;

namespace SloPortal.Application.Incidents.Detection.Intake.Sources;

/// <summary>Encrypts what GitHub signs with and GitLab sends, so that no listing, log or query shows it; the keys are in the same database (decision 0010).</summary>
public sealed class SignalSecrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector protector = provider.CreateProtector("SloPortal.SignalSources");

    public string? Protect(string? secret) => string.IsNullOrEmpty(secret) ? null : protector.Protect(secret);

    public string? Reveal(string? stored) => stored is null ? null : protector.Unprotect(stored);
}
