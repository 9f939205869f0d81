using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Incidents.OnCall;

public static class IanaZone
{
    /// <summary>Whether it is the IANA id of a zone that this machine knows.</summary>
    public static bool IsKnown(string? id) => LocalMidnight.IsIanaZone(id);
}
