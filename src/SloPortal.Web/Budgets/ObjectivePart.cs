namespace SloPortal.Web.Budgets;

/// <summary>
/// A section that an area below adds to the page of an objective. The page knows none of them; an area registers its component, which
/// takes the parameters <c>Service</c> and <c>Objective</c>, both short names, and <c>Now</c>, which moves with each reading.
/// </summary>
/// <param name="Order">Where it stands; lower is higher up.</param>
internal sealed record ObjectivePart(Type Component, int Order);
