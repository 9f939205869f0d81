using SloPortal.Domain.Common;

namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>What a back-test of rules gave, kept so that a policy that is saved with these rules shows what justified it.</summary>
public sealed class PolicyBackTest
{
    private PolicyBackTest() { }

    public PolicyBackTest(Guid id, Guid policyId, string rulesHash, Interval span, string zone, BackTestFigures figures, Guid ranBy, string ranByName, DateTimeOffset ranAt)
    {
        Id = id;
        PolicyId = policyId;
        RulesHash = rulesHash;
        (From, To) = (span.Start, span.End);
        Zone = zone;
        Figures = figures;
        RanBy = ranBy;
        RanByName = ranByName;
        RanAt = ranAt;
    }

    public Guid Id { get; private set; }
    public Guid PolicyId { get; private set; }

    /// <summary>Of the rules that were tested, <see cref="AlertPolicy.RulesHash"/>.</summary>
    public string RulesHash { get; private set; } = "";

    public DateTimeOffset From { get; private set; }
    public DateTimeOffset To { get; private set; }

    /// <summary>Whose nights, IANA id.</summary>
    public string Zone { get; private set; } = "";

    public BackTestFigures Figures { get; private set; } = null!;
    public Guid RanBy { get; private set; }

    /// <summary>As it was then.</summary>
    public string RanByName { get; private set; } = "";

    public DateTimeOffset RanAt { get; private set; }

    /// <summary>When the policy was saved with these rules; null while it was not.</summary>
    public DateTimeOffset? SavedAt { get; private set; }

    public void Justify(DateTimeOffset now) => SavedAt = now;
}

/// <summary>
/// The figures of a back-test, with what everybody may see: of incidents that are restricted it knows nothing, whoever ran it.
/// </summary>
/// <param name="Objectives">"service/objective" of each that was replayed.</param>
/// <param name="InForce">Pages of the policy that was in force.</param>
/// <param name="Tested">Pages of the rules that were tested.</param>
public sealed record BackTestFigures(
    IReadOnlyList<string> Objectives, AlertFigures InForce, AlertFigures Tested, AlertFigures InForceTickets, AlertFigures TestedTickets, string Sentence);
