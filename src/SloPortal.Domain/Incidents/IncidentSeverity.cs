namespace SloPortal.Domain.Incidents;

/// <summary>How bad an incident is; what each means stands in <see cref="SeverityLevel"/>, as data.</summary>
public enum IncidentSeverity
{
    Sev1 = 1,
    Sev2 = 2,
    Sev3 = 3,
    Sev4 = 4,
}

/// <summary>What a severity means in this organisation, shown wherever one is chosen.</summary>
public sealed class SeverityLevel
{
    private SeverityLevel() { }

    public SeverityLevel(IncidentSeverity severity, string name, string criteria, string source)
    {
        Severity = severity;
        Describe(name, criteria, source);
    }

    public IncidentSeverity Severity { get; private set; }

    /// <summary>"Critical".</summary>
    public string Name { get; private set; } = "";

    /// <summary>When it applies: a sentence or two.</summary>
    public string Criteria { get; private set; } = "";

    /// <summary>Where the criteria come from.</summary>
    public string Source { get; private set; } = "";

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Describe(string name, string criteria, string source)
    {
        Name = name;
        Criteria = criteria;
        Source = source;
    }

    /// <summary>"SEV-1".</summary>
    public static string Code(IncidentSeverity severity) => "SEV-" + (int)severity;
}
