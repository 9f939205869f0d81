using Microsoft.AspNetCore.DataProtection;

namespace SloPortal.Application.Incidents.Escalation.Contacts;

/// <summary>Encrypts the addresses by which people are called, so that no listing, log or query shows one; the keys are in the same database (decision 0010).</summary>
public sealed class ContactSecrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector protector = provider.CreateProtector("SloPortal.ContactMethods");

    public string Protect(string address) => protector.Protect(address);

    public string Reveal(string stored) => protector.Unprotect(stored);
}
