using SloPortal.Application.Access;

namespace SloPortal.Web.Access.Teams;

/// <summary>
/// A section that another area adds to the details of a team. Teams know none of them; an area registers its component, which
/// takes one parameter named <c>Team</c> of type <see cref="TeamDetails"/>.
/// </summary>
/// <param name="Order">Where it stands; lower is higher up.</param>
internal sealed record TeamPart(Type Component, int Order);
