using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Domain.Incidents.Escalation.Deciding;

/// <summary>A page as the decisions about further signals see it.</summary>
/// <param name="Name">As a sentence calls it: "page 12".</param>
/// <param name="CalledFirst">Whom its first level reached when it opened.</param>
public sealed record DeskPage(Guid Id, string Name, Guid TeamId, Guid? ServiceId, string Group, Guid PolicyId, DateTimeOffset OpenedAt, IReadOnlyList<Guid> CalledFirst)
{
    public SignalSeverity Severity { get; set; }

    /// <summary>Not resolved.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Nobody is called about it just now, since somebody has it or all levels have been called.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Takes a further signal in; one that is more severe than all before calls again where nobody is being called.</summary>
    public bool Join(SignalSeverity severity)
    {
        if (severity <= Severity)
            return false;
        Severity = severity;
        (var again, IsQuiet) = (IsQuiet, false);
        return again;
    }
}
