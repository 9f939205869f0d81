namespace SloPortal.Domain.Catalog.Journeys;

/// <summary>Something that users come to do, over one service or several: "Buy something".</summary>
public sealed class Journey
{
    private Journey() { }

    public Journey(Guid id, string slug, DateTimeOffset createdAt) => (Id, Slug, CreatedAt) = (id, slug, createdAt);

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";

    /// <summary>What users do, one step a line.</summary>
    public string Steps { get; private set; } = "";

    public Guid OwnerTeamId { get; private set; }

    /// <summary>The services that it needs.</summary>
    public Guid[] ServiceIds { get; private set; } = [];

    /// <summary>Its place among the journeys of the same tier, the first one lowest.</summary>
    public int Position { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Describe(string name, string steps, Guid ownerTeamId, IEnumerable<Guid> serviceIds, int position) =>
        (Name, Steps, OwnerTeamId, ServiceIds, Position) = (name, steps, ownerTeamId, [.. serviceIds], position);

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;
}
