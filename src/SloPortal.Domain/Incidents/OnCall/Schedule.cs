namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>Who of a team is on call when. The shifts are computed from its layers; nothing stores them.</summary>
public sealed class Schedule
{
    public const int MostLayers = 10;
    public const int MostPeople = 100;

    private Schedule() { }

    /// <param name="timeZone">IANA id.</param>
    public Schedule(Guid id, Guid teamId, string slug, string name, string timeZone, DateTimeOffset createdAt)
    {
        Id = id;
        TeamId = teamId;
        Slug = slug;
        Name = name;
        TimeZone = timeZone;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public Guid TeamId { get; private set; }
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";

    /// <summary>IANA id of the clock by which shifts are handed over from now on; each layer keeps the one of its time.</summary>
    public string TimeZone { get; private set; } = "UTC";

    /// <summary>All that ever were in force, in order, and those that wait for their first hand-off.</summary>
    public IReadOnlyList<Layer> Layers { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>The layers as they were written last, the highest first.</summary>
    public IReadOnlyList<LayerPlan> Plans => [.. Layers.Where(l => l.Until is null).OrderBy(l => l.Rank).Select(l => new LayerPlan(l.Id, l.Name, l.Rotation))];

    public void Describe(string slug, string name) => (Slug, Name) = (slug, name);

    /// <summary>Writes the layers anew, from now on; what was before stays as it was.</summary>
    /// <param name="plans">The highest first; the id of a layer that is changed is that of <see cref="Plans"/>.</param>
    /// <param name="newId">For a layer whose shifts are new ones.</param>
    public void Change(string timeZone, IReadOnlyList<LayerPlan> plans, DateTimeOffset now, Func<Guid> newId)
    {
        Layers = LayerChange.Of(Layers, timeZone, plans, now, newId);
        TimeZone = timeZone;
    }

    /// <summary>What <see cref="Change"/> would make of the layers.</summary>
    public static IReadOnlyList<Layer> Preview(IReadOnlyList<Layer> layers, string timeZone, IReadOnlyList<LayerPlan> plans, DateTimeOffset now, Func<Guid> newId) =>
        LayerChange.Of(layers, timeZone, plans, now, newId);

    /// <summary>Nobody is on call by it any more; who was stays known.</summary>
    public void Archive(DateTimeOffset now)
    {
        Layers = LayerChange.Of(Layers, TimeZone, [], now, () => Guid.Empty);
        ArchivedAt ??= now;
    }
}
