using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets;

/// <summary>How an objective stands in a list: its budget, or that nothing is agreed yet.</summary>
public enum ObjectiveStanding
{
    Exhausted,
    AtRisk,
    NoData,
    Healthy,
    NotAgreed,
}

/// <summary>In which order a list comes.</summary>
public enum ObjectiveOrder
{
    /// <summary>What hurts most: exhausted, at risk, no data, healthy, not agreed; within each the least budget first.</summary>
    Hurts,
    Name,
    Service,
    Left,
    Burn,
}

/// <summary>A row of the list; null where nothing is agreed or measured.</summary>
/// <param name="Attained">0 to 1.</param>
/// <param name="LeftShare">1 untouched, below 0 overspent.</param>
/// <param name="Firing">Burn alerts that fire now.</param>
/// <param name="Waiting">The proposal that waits for signatures.</param>
public sealed record ObjectiveRow(
    Guid Id, string Service, string ServiceName, string Team, string TeamName, string Slug, string Name, ObjectiveStanding Standing,
    int? Version, decimal? TargetPercent, string? Window, int? SliId, int? CountsId, double? Attained, double? LeftShare, double? BurnLastHour,
    DateTimeOffset? ExhaustedAt, string? Sentence, DateTimeOffset? LastDataAt, DateTimeOffset? EvaluatedAt, int Firing, Guid? Waiting);

/// <summary>One page of the list, and how many there are in each standing with the same filter.</summary>
public sealed record ObjectiveList(Page<ObjectiveRow> Page, IReadOnlyDictionary<ObjectiveStanding, int> Counts);

/// <summary>Objectives with their budgets as last evaluated, a page at a time.</summary>
/// <param name="Filter">Text in the name of objective, service or team.</param>
/// <param name="Service">Slug of a service.</param>
/// <param name="Team">Slug of a team.</param>
/// <param name="Standing">Only those that stand so.</param>
/// <param name="Archived">The archived ones instead of those in force.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Rows on a page, at most 200.</param>
public sealed record ListObjectives(
    string? Filter = null, string? Service = null, string? Team = null, ObjectiveStanding? Standing = null,
    ObjectiveOrder Order = ObjectiveOrder.Hurts, bool Archived = false, int Page = 1, int Size = 50)
{
    public sealed class Handler(ObjectiveListQuery query, SharedReads reads, TimeProvider clock)
    {
        public async Task<Outcome<ObjectiveList>> HandleAsync(ListObjectives request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (request.Page is < 1 or > Page<ObjectiveRow>.Last || request.Size is < 1 or > 200)
                return Refusal.Invalid(nameof(Page), "Pages count from 1 and hold 1 to 200 rows.");
            return await reads.GetAsync(request, reading => query.ReadAsync(request, clock.GetUtcNowInMicroseconds(), reading), ct);
        }
    }
}
