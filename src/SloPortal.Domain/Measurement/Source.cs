namespace SloPortal.Domain.Measurement;

/// <summary>How samples come to the portal.</summary>
public enum SourceKind
{
    /// <summary>Prometheus remote write.</summary>
    RemoteWrite,
    /// <summary>Good and total per interval, as JSON.</summary>
    Push,
    /// <summary>The portal asks a Prometheus-compatible server.</summary>
    Pull,
    /// <summary>OpenTelemetry metrics over HTTP.</summary>
    Otlp,
    /// <summary>Rows of files: uploaded, or found in a watched folder.</summary>
    Files,
    /// <summary>The portal asks a PostgreSQL with a statement.</summary>
    Sql,
    /// <summary>StatsD packets over UDP.</summary>
    Statsd,
    /// <summary>The portal, or an agent of it, asks the service itself.</summary>
    Probe,
    /// <summary>Real browsers report how pages load.</summary>
    Beacon,
}

public static class SourceKinds
{
    /// <summary>Whether series come from there; else counts do.</summary>
    public static bool SendsSeries(this SourceKind kind) => kind is SourceKind.RemoteWrite or SourceKind.Pull or SourceKind.Otlp;
}

/// <summary>
/// Where samples come from. One that sends is known by its API token and appears with its first request; one that is
/// pulled is configured with an address.
/// </summary>
public sealed class Source
{
    private Source() { }

    public static Source OfToken(SourceKind kind, Guid tokenId, string name, DateTimeOffset createdAt) =>
        new() { Kind = kind, TokenId = tokenId, Name = name, CreatedAt = createdAt };

    public static Source Pulling(string name, string url, TimeSpan every, DateTimeOffset createdAt) =>
        new() { Kind = SourceKind.Pull, Name = name, Url = url, PullEvery = every, CreatedAt = createdAt };

    public static Source OfFiles(string name, DateTimeOffset createdAt) => new() { Kind = SourceKind.Files, Name = name, CreatedAt = createdAt };

    public static Source OfStatsd(string name, DateTimeOffset createdAt) => new() { Kind = SourceKind.Statsd, Name = name, CreatedAt = createdAt };

    /// <param name="name">Unique.</param>
    /// <param name="server">Host, port and database, for people.</param>
    /// <param name="every">How often it is asked.</param>
    /// <param name="createdAt">Now.</param>
    public static Source OfSql(string name, string server, TimeSpan every, DateTimeOffset createdAt) =>
        new() { Kind = SourceKind.Sql, Name = name, Url = server, PullEvery = every, CreatedAt = createdAt };

    public static Source OfBeacon(string name, DateTimeOffset createdAt) => new() { Kind = SourceKind.Beacon, Name = name, CreatedAt = createdAt };

    /// <param name="name">Unique.</param>
    /// <param name="target">What is asked, for people.</param>
    /// <param name="every">How often it is asked.</param>
    /// <param name="createdAt">Now.</param>
    public static Source OfProbe(string name, string target, TimeSpan every, DateTimeOffset createdAt) =>
        new() { Kind = SourceKind.Probe, Name = name, Url = target, PullEvery = every, CreatedAt = createdAt };

    /// <summary>Small, since it stands in every series and count.</summary>
    public int Id { get; private set; }

    public SourceKind Kind { get; private set; }
    public string Name { get; private set; } = "";
    public Guid? TokenId { get; private set; }

    /// <summary>Base address of the server that is pulled, without /api/v1; of a PostgreSQL its host, port and database.</summary>
    public string? Url { get; private set; }

    /// <summary>Value of the Authorization header for the server that is pulled, or the connection string of a PostgreSQL, encrypted.</summary>
    public string? ProtectedAuthorization { get; private set; }

    public TimeSpan? PullEvery { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Newest request that was accepted, or pull that answered.</summary>
    public DateTimeOffset? LastArrivalAt { get; private set; }

    public DateTimeOffset? LastErrorAt { get; private set; }

    /// <summary>A sentence.</summary>
    public string? LastError { get; private set; }

    public void Rename(string name) => Name = name;

    public void Configure(string name, string url, TimeSpan every)
    {
        Name = name;
        Url = url;
        PullEvery = every;
    }

    public void Authorize(string? protectedAuthorization) => ProtectedAuthorization = protectedAuthorization;

    public void Pause(DateTimeOffset now) => PausedAt ??= now;

    public void Resume() => PausedAt = null;
}
