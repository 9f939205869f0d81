namespace SloPortal.Domain.Objectives;

/// <summary>
/// A promise about a service. What is promised stands in its versions, which never change; the one in force at a moment is the
/// latest that had taken effect.
/// </summary>
public sealed class Objective
{
    private Objective() { }

    public Objective(Guid id, Guid serviceId, string slug, string name, string description, Guid alertPolicyId, DateTimeOffset createdAt)
    {
        Id = id;
        ServiceId = serviceId;
        Slug = slug;
        Name = name;
        Description = description;
        AlertPolicyId = alertPolicyId;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public Guid ServiceId { get; private set; }

    /// <summary>Unique within the service.</summary>
    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";
    public string Description { get; private set; } = "";
    public Guid AlertPolicyId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Path of the file that manages it; null where people do.</summary>
    public string? ManagedBy { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Rename(string name, string description)
    {
        Name = name;
        Description = description;
    }

    public void ManageBy(string? file) => ManagedBy = file;

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;
}
