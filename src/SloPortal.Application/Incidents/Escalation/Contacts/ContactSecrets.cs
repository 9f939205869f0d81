using Microsoft.AspNetCore.DataProtection;
using SloPortal.Application.Common;

namespace SloPortal.Application.Incidents.Escalation.Contacts;

/// <summary>The addresses by which people are called.</summary>
public sealed class ContactSecrets(IDataProtectionProvider provider) : ProtectedText(provider, "SloPortal.ContactMethods");
