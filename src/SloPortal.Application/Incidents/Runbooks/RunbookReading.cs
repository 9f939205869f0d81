using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Runbooks;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>The keys with which calls of steps are signed.</summary>
public sealed class RunbookSecrets(IDataProtectionProvider provider) : ProtectedText(provider, "SloPortal.RunbookSteps");

internal static class RunbookReading
{
    /// <summary>The last version of each service's runbook; one without steps is among them.</summary>
    public static IQueryable<Runbook> InForce(PortalDbContext db) => db.Runbooks.Where(r => !db.Runbooks.Any(n => n.ServiceId == r.ServiceId && n.Number > r.Number));

    /// <summary>A webhook's path is often its password.</summary>
    public static string Masked(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? $"{uri.Scheme}://{uri.Authority}/…" : address;

    /// <summary>Wakes pages that show the runbook of a service.</summary>
    public const string Topic = "runbooks";
}

/// <summary>Wakes what shows the runbook's steps in an incident, and what runs them.</summary>
public static class StepTopic
{
    /// <summary>Something may be to run.</summary>
    internal const string Any = "runbook-steps";

    public static string Of(Guid incidentId) => $"runbook-steps/{incidentId}";
}
