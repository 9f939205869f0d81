using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets;

/// <summary>
/// What happened beside the figures. Every area that has something to show on the axis of an objective registers one; areas below
/// this one (Changes, Incidents, …) answer through it.
/// </summary>
public interface IStoryEvents
{
    /// <summary>What lies in the range, or reaches into it, and the actor may see, in any order.</summary>
    Task<IReadOnlyList<StoryMark>> InAsync(StoryScope scope, Interval range, Actor actor, CancellationToken ct);
}

/// <summary>Whose story it is.</summary>
public sealed record StoryScope(Guid ObjectiveId, Guid ServiceId);

/// <summary>One mark on the axis.</summary>
/// <param name="Kind">version, alert, deployment, incident, postmortem, correction or action.</param>
/// <param name="SubjectId">What it is about: the proposal of a version, the alert, the deployment.</param>
/// <param name="Until">End of what lasts; null for a moment.</param>
/// <param name="Lasts">It has begun and not ended.</param>
/// <param name="Severe">It stands out: a page rather than a ticket.</param>
/// <param name="Url">An address outside the portal.</param>
/// <param name="Number">Of an incident, a postmortem or an action, as its page has it.</param>
public sealed record StoryMark(
    string Kind, Guid SubjectId, DateTimeOffset At, string Label, DateTimeOffset? Until = null, bool Lasts = false, bool Severe = false, string? Url = null, int? Number = null);
