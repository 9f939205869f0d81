namespace SloPortal.Web.Incidents;

/// <summary>
/// A section that an area below adds beside the timeline of an incident. The page knows none of them; an area registers its component, which
/// takes one parameter named <c>Incident</c>, the number, and follows by itself.
/// </summary>
/// <param name="Order">Where it stands; lower is higher up.</param>
internal sealed record IncidentPart(Type Component, int Order);
