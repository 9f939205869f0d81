namespace SloPortal.Domain.Catalog;

/// <summary>How much the business depends on a service; 1 is the highest.</summary>
public enum ServiceTier
{
    Critical = 1,
    Important = 2,
    Standard = 3,
    Low = 4,
}

/// <summary>A page elsewhere that belongs to a service: repository, dashboard, runbook.</summary>
public sealed record ServiceLink(string Title, string Url);

/// <summary>Something that users depend on and one team owns.</summary>
public sealed class Service
{
    private Service() { }

    public Service(Guid id, string slug, string name, string description, ServiceTier tier, Guid ownerTeamId, IEnumerable<ServiceLink> links, DateTimeOffset createdAt)
    {
        Id = id;
        CreatedAt = createdAt;
        Describe(slug, name, description, tier, ownerTeamId, links);
    }

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string Description { get; private set; } = "";
    public ServiceTier Tier { get; private set; }
    public Guid OwnerTeamId { get; private set; }
    public List<ServiceLink> Links { get; private set; } = [];
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Describe(string slug, string name, string description, ServiceTier tier, Guid ownerTeamId, IEnumerable<ServiceLink> links)
    {
        Slug = slug;
        Name = name;
        Description = description;
        Tier = tier;
        OwnerTeamId = ownerTeamId;
        Links = [.. links];
    }

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;

    public void Restore() => ArchivedAt = null;
}
