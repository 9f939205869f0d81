using SloPortal.Application.Access;

namespace SloPortal.Application.Measurement.Deciding;

/// <summary>Has what is judged by an SLI count by what was decided for it. The area that judges implements it.</summary>
public interface IDecidedCounts
{
    /// <summary>In the transaction of the decision, which is stored already.</summary>
    Task FollowAsync(Change change, int sliId, CancellationToken ct);
}
