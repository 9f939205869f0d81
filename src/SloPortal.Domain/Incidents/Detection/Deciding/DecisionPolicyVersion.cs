namespace SloPortal.Domain.Incidents.Detection.Deciding;

/// <summary>The policy as it was from a moment on, until the next version. The database refuses to change or remove one, since recommendations stand on it.</summary>
public sealed class DecisionPolicyVersion
{
    /// <summary>What an installation starts with.</summary>
    public const int First = 1;

    private DecisionPolicyVersion() { }

    /// <param name="byName">Null for SloPortal itself.</param>
    public DecisionPolicyVersion(int number, DecisionPolicy policy, DateTimeOffset from, string? byName, string? note)
    {
        Number = number;
        Policy = policy;
        From = from;
        ByName = byName;
        Note = note;
    }

    /// <summary>1, 2, 3 …</summary>
    public int Number { get; private set; }

    public DecisionPolicy Policy { get; private set; } = null!;
    public DateTimeOffset From { get; private set; }

    /// <summary>Who set it, as they were called then; null for what SloPortal brings.</summary>
    public string? ByName { get; private set; }

    /// <summary>Why it was changed.</summary>
    public string? Note { get; private set; }

    public bool IsBuiltIn => ByName is null;
}
