using SloPortal.Application.Catalog;

namespace SloPortal.Web.Catalog;

/// <summary>
/// A section that another area adds to the page of a service: objectives, SLIs, deployments. The page knows none of them; an
/// area registers its component, which takes one parameter named <c>Service</c> of type <see cref="ServiceDetails"/>.
/// </summary>
/// <param name="Order">Where it stands; lower is higher up.</param>
internal sealed record ServicePart(Type Component, int Order);
