namespace SloPortal.Domain.Measurement;

/// <summary>
/// A service level indicator: what counts as an event and which events are good. Its definition never changes, since all that was
/// counted rests on it; a better one is a new SLI.
/// </summary>
public sealed class Sli
{
    private Sli() { }

    public Sli(Guid serviceId, string slug, string name, string description, SliDefinition definition, int? sourceId, DateTimeOffset createdAt)
    {
        ServiceId = serviceId;
        Slug = slug;
        Name = name;
        Description = description;
        Definition = definition;
        SourceId = sourceId;
        CreatedAt = createdAt;
    }

    /// <summary>Small, since it stands in every minute.</summary>
    public int Id { get; private set; }

    public Guid ServiceId { get; private set; }

    /// <summary>Unique within the service.</summary>
    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";
    public string Description { get; private set; } = "";
    public SliDefinition Definition { get; private set; } = null!;

    /// <summary>The only source whose series count; null counts the series of every source that sends.</summary>
    public int? SourceId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>From then on nothing is counted; what was counted stays.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Rename(string name, string description)
    {
        Name = name;
        Description = description;
    }

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;
}
