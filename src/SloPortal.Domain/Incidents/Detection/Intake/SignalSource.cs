namespace SloPortal.Domain.Incidents.Detection.Intake;

/// <summary>What a source sends, which decides the address and the shape of what it may send.</summary>
public enum SignalSourceKind
{
    /// <summary>Its webhook, and its API for alerts, which Prometheus speaks too.</summary>
    Alertmanager,
    /// <summary>Whatever can send to PagerDuty's Events API v2.</summary>
    PagerDuty,
    CloudEvents,
    Grafana,
    /// <summary>Deployments of GitHub, which are recorded as such and are no signals.</summary>
    GitHub,
    /// <summary>Deployments of GitLab.</summary>
    GitLab,
    Mail,
}

/// <summary>
/// A program of a team that may say what is wrong, or what was deployed. Of its key, 256 random bits, only the SHA-256 is kept.
/// </summary>
public sealed class SignalSource
{
    /// <summary>The label that names a service unless a source says otherwise.</summary>
    public const string UsualServiceLabel = "service";

    private SignalSource() { }

    public SignalSource(Guid id, Guid teamId, SignalSourceKind kind, string name, Guid? serviceId, string serviceLabel, byte[] keyHash, string keyHint, DateTimeOffset createdAt)
    {
        Id = id;
        TeamId = teamId;
        Kind = kind;
        KeyHash = keyHash;
        KeyHint = keyHint;
        KeyMadeAt = createdAt;
        CreatedAt = createdAt;
        Describe(name, serviceId, serviceLabel);
    }

    public Guid Id { get; private set; }
    public Guid TeamId { get; private set; }
    public SignalSourceKind Kind { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>What its signals are about when no label says; of deployments, what is deployed.</summary>
    public Guid? ServiceId { get; private set; }

    /// <summary>The label whose value is the slug of a service.</summary>
    public string ServiceLabel { get; private set; } = UsualServiceLabel;

    public byte[] KeyHash { get; private set; } = [];

    /// <summary>The first characters of the key, so that people can tell keys apart.</summary>
    public string KeyHint { get; private set; } = "";

    public DateTimeOffset KeyMadeAt { get; private set; }

    /// <summary>What GitHub signs with or GitLab sends, encrypted; null where the key in the address is all that is asked for.</summary>
    public string? ProtectedSecret { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>Whether it tells deployments instead of signals.</summary>
    public bool TellsDeployments => Kind is SignalSourceKind.GitHub or SignalSourceKind.GitLab;

    public void Describe(string name, Guid? serviceId, string serviceLabel)
    {
        Name = name;
        ServiceId = serviceId;
        ServiceLabel = serviceLabel;
    }

    /// <summary>The old key is worth nothing from now on.</summary>
    public void Rekey(byte[] hash, string hint, DateTimeOffset now)
    {
        KeyHash = hash;
        KeyHint = hint;
        KeyMadeAt = now;
    }

    public void SignWith(string? protectedSecret) => ProtectedSecret = protectedSecret;

    /// <summary>Nothing is taken from it any more; what it said stays.</summary>
    public void Remove(DateTimeOffset now) => RemovedAt ??= now;
}

/// <summary>How a source does. It is written with every delivery, and so apart from what people edit.</summary>
public sealed class SignalSourceHealth
{
    private SignalSourceHealth() { }

    public Guid SourceId { get; private set; }

    /// <summary>When something was taken last.</summary>
    public DateTimeOffset? LastReceivedAt { get; private set; }

    /// <summary>Messages that were taken, repeated ones included.</summary>
    public long Taken { get; private set; }

    /// <summary>Ends and acknowledgements of what never fired here.</summary>
    public long Unknown { get; private set; }

    /// <summary>When something could not be taken last.</summary>
    public DateTimeOffset? LastProblemAt { get; private set; }

    /// <summary>Why, as a sentence.</summary>
    public string? LastProblem { get; private set; }
}

/// <summary>A delivery that was taken, so that the same one again changes nothing. Kept for <see cref="KeptFor"/>.</summary>
public sealed class SignalDelivery
{
    /// <summary>
    /// Senders repeat for hours (Alertmanager), days (GitHub lets people redeliver for three) or not at all; what is older is refused by its age
    /// where it carries one. Product policy.
    /// </summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private SignalDelivery() { }

    public Guid SourceId { get; private set; }

    /// <summary>SHA-256 of what names the delivery.</summary>
    public byte[] Key { get; private set; } = [];

    public DateTimeOffset ReceivedAt { get; private set; }
}
