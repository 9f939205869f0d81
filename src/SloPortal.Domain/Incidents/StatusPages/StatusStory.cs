using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Domain.Incidents.StatusPages;

/// <summary>An update as it went to one status page.</summary>
/// <param name="StoryId">The incident, or the one in which it goes on.</param>
public sealed record PublishedUpdate(
    Guid Id, Guid StoryId, ToldState Told, string Title, string Body, DateTimeOffset PublishedAt, DateTimeOffset? NextUpdateAt, IReadOnlyList<ToldService> Services);

/// <summary>All that a status page says about one incident.</summary>
/// <param name="Updates">The newest first; never empty.</param>
public sealed record StatusStory(Guid Id, IReadOnlyList<PublishedUpdate> Updates)
{
    public PublishedUpdate Last => Updates[0];

    public bool IsOpen => Last.Told != ToldState.Resolved;
}

/// <summary>What follows for a status page from the updates that were published on it.</summary>
public static class StatusStories
{
    /// <summary>How long the page goes on telling of what is resolved. Product policy.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(14);

    /// <summary>Those that last, and those whose last update is not older than <see cref="Past"/>; what lasts first, then the newest.</summary>
    public static IReadOnlyList<StatusStory> Of(IEnumerable<PublishedUpdate> updates, DateTimeOffset now) =>
    [
        .. updates.GroupBy(u => u.StoryId).Select(g => new StatusStory(g.Key, [.. g.OrderByDescending(u => u.PublishedAt).ThenByDescending(u => u.Id)]))
            .Where(s => s.IsOpen || s.Last.PublishedAt >= now - Past)
            .OrderByDescending(s => s.IsOpen).ThenByDescending(s => s.Last.PublishedAt),
    ];

    /// <summary>The worst that the last word on any incident says of a service.</summary>
    public static ServiceCondition ConditionOf(Guid service, IReadOnlyList<StatusStory> stories) =>
        stories.Where(s => s.IsOpen).SelectMany(s => s.Last.Services).Where(s => s.ServiceId == service).Select(s => s.Condition).DefaultIfEmpty(ServiceCondition.Operational).Max();
}
