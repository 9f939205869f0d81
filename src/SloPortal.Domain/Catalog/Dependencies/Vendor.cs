namespace SloPortal.Domain.Catalog.Dependencies;

/// <summary>Somebody outside on whom services depend: a payment provider, a cloud, a mail sender. One team keeps the contact.</summary>
public sealed class Vendor
{
    private Vendor() { }

    public Vendor(Guid id, string slug, string name, string description, Guid ownerTeamId, DateTimeOffset createdAt)
    {
        Id = id;
        CreatedAt = createdAt;
        Describe(slug, name, description, ownerTeamId);
    }

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string Description { get; private set; } = "";
    public Guid OwnerTeamId { get; private set; }

    /// <summary>The SLI of the portal that measures it; null where outages are only entered by hand.</summary>
    public int? SliId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Null while services may depend on it.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Describe(string slug, string name, string description, Guid ownerTeamId)
    {
        Slug = slug;
        Name = name;
        Description = description;
        OwnerTeamId = ownerTeamId;
    }

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;

    public void Restore() => ArchivedAt = null;

    public void MeasureBy(int? sliId) => SliId = sliId;
}
