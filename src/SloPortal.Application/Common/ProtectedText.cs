using Microsoft.AspNetCore.DataProtection;

namespace SloPortal.Application.Common;

/// <summary>Encrypts what the portal must be able to read again, so that no listing, log or query shows it; the keys are in the same database (decision 0010).</summary>
/// <param name="purpose">Another purpose cannot read it.</param>
public abstract class ProtectedText(IDataProtectionProvider provider, string purpose)
{
    private readonly IDataProtector protector = provider.CreateProtector(purpose);

    /// <returns>Null for nothing.</returns>
    public string? Protect(string? text) => string.IsNullOrEmpty(text) ? null : protector.Protect(text);

    public string? Reveal(string? stored) => stored is null ? null : protector.Unprotect(stored);
}
