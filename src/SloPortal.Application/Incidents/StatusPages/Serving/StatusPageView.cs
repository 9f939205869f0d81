using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.StatusPages.Serving;

/// <summary>All that people outside read on a status page. Nothing is in it that is not shown.</summary>
/// <param name="AsOf">When this was read from the database.</param>
/// <param name="Incidents">What lasts first, then what was resolved in the last 14 days; the newest first.</param>
public sealed record StatusPageView(string Slug, string Title, DateTimeOffset AsOf, IReadOnlyList<ServiceView> Services, IReadOnlyList<StoryView> Incidents)
{
    /// <summary>The worst of its services.</summary>
    public ServiceCondition Condition => Services.Select(s => s.Condition).DefaultIfEmpty(ServiceCondition.Operational).Max();

    /// <param name="updates">Those that were published on the page.</param>
    public static StatusPageView Of(StatusPage shown, IEnumerable<PublishedUpdate> updates, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var stories = StatusStories.Of(updates, now);
        return new StatusPageView(
            shown.Slug, shown.Title, now,
            [.. shown.Services.Select(s => new ServiceView(s.Name, StatusStories.ConditionOf(s.ServiceId, stories)))],
            [.. stories.Select(s => new StoryView(
                s.Id, s.Last.Title, s.Last.Told,
                // Of services that this page does not show nothing is said.
                [.. shown.Services.Where(x => s.Updates.Any(u => u.Services.Any(t => t.ServiceId == x.ServiceId && t.Condition != ServiceCondition.Operational))).Select(x => x.Name)],
                [.. s.Updates.Select(u => new UpdateView(u.Id, u.Told, u.Title, u.Body, u.PublishedAt, u.NextUpdateAt))]))]);
    }
}

public sealed record ServiceView(string Name, ServiceCondition Condition);

/// <param name="Title">As the last update calls it.</param>
/// <param name="Services">That it touched, by the names that the page gives them.</param>
/// <param name="Updates">The newest first.</param>
public sealed record StoryView(Guid Id, string Title, ToldState State, IReadOnlyList<string> Services, IReadOnlyList<UpdateView> Updates);

public sealed record UpdateView(Guid Id, ToldState State, string Title, string Body, DateTimeOffset At, DateTimeOffset? NextUpdateAt);
