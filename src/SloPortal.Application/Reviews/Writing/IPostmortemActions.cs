using SloPortal.Domain.Access;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>The actions that follow from a postmortem. They are followed in an area below, which answers through this.</summary>
public interface IPostmortemActions
{
    /// <summary>Those of the postmortem and of its incident, what is overdue first.</summary>
    Task<IReadOnlyList<PostmortemAction>> OfAsync(Guid postmortemId, Guid? incidentId, Actor actor, CancellationToken ct);
}

/// <param name="Code">"ACT-12".</param>
/// <param name="State">As people say it: "in progress".</param>
/// <param name="ProofUrl">Where one sees that it is done.</param>
/// <param name="Outcome">What the proof shows; why it was dropped.</param>
public sealed record PostmortemAction(int Number, string Code, string Title, string Team, DateOnly DueOn, string State, bool IsOpen, bool IsOverdue, string? ProofUrl, string? Outcome);
