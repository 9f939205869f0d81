using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Domain.Governance.Retention;

/// <summary>How long a law, a standard or a promise asks that data of one kind is kept. It binds while it applies.</summary>
public sealed class FrameworkMinimum
{
    private FrameworkMinimum() { }

    public FrameworkMinimum(Guid id, string framework, RetentionClass kind, int days, string source, DateOnly readOn)
    {
        Id = id;
        Framework = framework;
        Kind = kind;
        Days = days;
        Source = source;
        ReadOn = readOn;
    }

    public Guid Id { get; private set; }

    /// <summary>Such as "PCI DSS 4.0.1".</summary>
    public string Framework { get; private set; } = "";

    public RetentionClass Kind { get; private set; }

    /// <summary>At least so long.</summary>
    public int Days { get; private set; }

    /// <summary>Where it says so.</summary>
    public string Source { get; private set; } = "";

    /// <summary>When somebody read it there.</summary>
    public DateOnly ReadOn { get; private set; }

    /// <summary>Since when it binds here; null while it does not.</summary>
    public DateTimeOffset? AppliesSince { get; private set; }

    public string? AppliedByName { get; private set; }

    public void Apply(string byName, DateTimeOffset now) => (AppliesSince, AppliedByName) = (now, byName);

    public void Suspend() => (AppliesSince, AppliedByName) = (null, null);
}
