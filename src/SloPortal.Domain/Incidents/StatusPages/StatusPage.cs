namespace SloPortal.Domain.Incidents.StatusPages;

/// <summary>Who may read a status page.</summary>
public enum StatusPageAudience
{
    Everybody,
    /// <summary>Whoever has the link, which holds a secret.</summary>
    ByLink,
}

/// <summary>A service as a status page shows it.</summary>
/// <param name="Name">As people outside know it.</param>
public sealed record ShownService(Guid ServiceId, string Name);

/// <summary>Where people outside see how services are and what is done about it, without signing in.</summary>
public sealed class StatusPage
{
    public const int LongestTitle = 100;
    public const int LongestName = 100;
    public const int MostServices = 100;

    private StatusPage() { }

    public StatusPage(Guid id, string slug, DateTimeOffset createdAt)
    {
        Id = id;
        Slug = slug;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";
    public string Title { get; private set; } = "";
    public StatusPageAudience Audience { get; private set; }

    /// <summary>SHA-256 of the secret in the link, which itself is not kept; null where none is needed.</summary>
    public byte[]? KeyHash { get; private set; }

    /// <summary>When the link was made; null where none is needed.</summary>
    public DateTimeOffset? KeyMadeAt { get; private set; }

    /// <summary>An update waits for somebody other than its author before it goes here.</summary>
    public bool NeedsApproval { get; private set; } = true;

    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<ShownService> Services { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Change(string title, bool needsApproval, IReadOnlyList<ShownService> services)
    {
        Title = title;
        NeedsApproval = needsApproval;
        Services = [.. services];
    }

    public void ShowToEverybody()
    {
        Audience = StatusPageAudience.Everybody;
        (KeyHash, KeyMadeAt) = (null, null);
    }

    /// <summary>From now on only this link reads it.</summary>
    public void ShowByLink(byte[] keyHash, DateTimeOffset now)
    {
        Audience = StatusPageAudience.ByLink;
        (KeyHash, KeyMadeAt) = (keyHash, now);
    }

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;
}
