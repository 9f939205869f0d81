using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Incidents.Escalation.Contacts;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Application.Incidents.Escalation.Pulse;

namespace SloPortal.Application.Incidents.Escalation;

internal static class EscalationRegistration
{
    /// <summary>What the operations and passes of escalation share.</summary>
    public static void AddPortalEscalation(this IServiceCollection services)
    {
        services.AddSingleton<ContactSecrets>();
        services.AddSingleton<PushKeys>();
        services.AddSingleton<PushSender>();
        services.AddSingleton<AcknowledgeLinks>();
        services.AddSingleton<WaySender>();
        services.AddSingleton<PulseReader>();
        services.AddSingleton<HeartbeatSecret>();
    }
}
