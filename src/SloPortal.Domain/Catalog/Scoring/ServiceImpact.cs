namespace SloPortal.Domain.Catalog.Scoring;

/// <summary>What a service means to the business, as its owners say. What nobody has said yet is null.</summary>
public sealed class ServiceImpact
{
    private ServiceImpact() { }

    public ServiceImpact(Guid serviceId) => ServiceId = serviceId;

    public Guid ServiceId { get; private set; }

    /// <summary>What one hour without it costs, in <see cref="Currency"/>.</summary>
    public decimal? RevenuePerHour { get; private set; }

    /// <summary>Three letters of ISO 4217.</summary>
    public string Currency { get; private set; } = "EUR";

    /// <summary>People who notice when it fails.</summary>
    public long? Users { get; private set; }

    /// <summary>Names of regulatory frameworks of the scorecard.</summary>
    public List<string> Frameworks { get; private set; } = [];

    /// <summary>Contracts with customers that name it.</summary>
    public int? Contracts { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Describe(decimal? revenuePerHour, string currency, long? users, IEnumerable<string> frameworks, int? contracts)
    {
        RevenuePerHour = revenuePerHour;
        Currency = currency;
        Users = users;
        Frameworks = [.. frameworks];
        Contracts = contracts;
    }
}

/// <summary>Somebody decided otherwise than the scorecard, and says why.</summary>
public sealed class ScoreOverride
{
    private ScoreOverride() { }

    public ScoreOverride(Guid serviceId) => ServiceId = serviceId;

    public Guid ServiceId { get; private set; }
    public ServiceTier Tier { get; private set; }
    public PromiseKind Promise { get; private set; }
    public string Rationale { get; private set; } = "";
    public Guid DecidedBy { get; private set; }

    /// <summary>As it was when decided.</summary>
    public string DecidedByName { get; private set; } = "";

    public DateTimeOffset DecidedAt { get; private set; }

    public void Decide(ServiceTier tier, PromiseKind promise, string rationale, Guid by, string byName, DateTimeOffset now)
    {
        (Tier, Promise, Rationale) = (tier, promise, rationale);
        (DecidedBy, DecidedByName, DecidedAt) = (by, byName, now);
    }
}

/// <summary>The scorecard as the installation keeps it.</summary>
public sealed class StoredScorecard
{
    /// <summary>There is one.</summary>
    public const int OnlyId = 1;

    private StoredScorecard() { }

    public StoredScorecard(Scorecard card, DateTimeOffset now)
    {
        Id = OnlyId;
        Replace(card, now);
    }

    public int Id { get; private set; }
    public Scorecard Card { get; private set; } = null!;
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Replace(Scorecard card, DateTimeOffset now) => (Card, ChangedAt) = (card, now);
}
