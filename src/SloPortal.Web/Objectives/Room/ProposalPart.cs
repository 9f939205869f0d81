namespace SloPortal.Web.Objectives.Room;

/// <summary>
/// A section that an area below adds to the room of a proposal. The page knows none of them; an area registers its component, which takes
/// the parameters <c>Room</c>, what is shown, and <c>Now</c>, which moves with each reading.
/// </summary>
/// <param name="Order">Where it stands; lower is higher up.</param>
internal sealed record ProposalPart(Type Component, int Order);
