using Microsoft.AspNetCore.DataProtection;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>Encrypts the keys with which webhooks are signed, so that no listing, log or query shows one; the keys are in the same database (decision 0010).</summary>
public sealed class TargetSecrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector protector = provider.CreateProtector("SloPortal.NotificationTargets");

    public string? Protect(string? secret) => string.IsNullOrEmpty(secret) ? null : protector.Protect(secret);

    public string? Reveal(string? stored) => stored is null ? null : protector.Unprotect(stored);
}
