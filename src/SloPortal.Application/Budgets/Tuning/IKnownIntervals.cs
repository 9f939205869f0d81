using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>What is known of an objective's past beside what people marked by hand; areas below this one answer.</summary>
public interface IKnownIntervals
{
    /// <summary>What reaches into the span and the actor may see, in any order.</summary>
    Task<IReadOnlyList<KnownInterval>> InAsync(StoryScope scope, Interval span, Actor actor, CancellationToken ct);
}
