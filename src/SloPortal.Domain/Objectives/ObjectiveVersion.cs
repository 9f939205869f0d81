using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Domain.Objectives;

/// <summary>What was agreed, from when on. The database refuses to change or remove one.</summary>
public sealed class ObjectiveVersion
{
    private ObjectiveVersion() { }

    public ObjectiveVersion(
        Guid id, Guid objectiveId, int number, int sliId, BudgetingMethod method, int countsId, ObjectiveTarget target, SloWindow window,
        DateTimeOffset effectiveFrom, Guid proposalId, DateTimeOffset createdAt, ExternalFailures externals = ExternalFailures.Counted)
    {
        Id = id;
        ObjectiveId = objectiveId;
        Number = number;
        SliId = sliId;
        Method = method;
        CountsId = countsId;
        Target = target;
        Window = window;
        EffectiveFrom = effectiveFrom;
        ProposalId = proposalId;
        CreatedAt = createdAt;
        Externals = externals;
    }

    public Guid Id { get; private set; }
    public Guid ObjectiveId { get; private set; }

    /// <summary>1 for the first of its objective.</summary>
    public int Number { get; private set; }

    public int SliId { get; private set; }

    public BudgetingMethod Method { get; private set; } = BudgetingMethod.Default;

    /// <summary>What the budget is counted from: the SLI itself where all its events count, and otherwise its slices, or what is left without vendors, which have an id of their own.</summary>
    public int CountsId { get; private set; }

    public ObjectiveTarget Target { get; private set; } = null!;
    public SloWindow Window { get; private set; } = null!;
    public DateTimeOffset EffectiveFrom { get; private set; }

    /// <summary>The proposal with the evidence and the signatures that made it.</summary>
    public Guid ProposalId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Whether failures of vendors count against the promise.</summary>
    public ExternalFailures Externals { get; private set; }

    public ObjectiveTerms Terms => new(EffectiveFrom, Target, Window);
}
