namespace SloPortal.Domain.Objectives.Negotiation;

/// <summary>Terms that a counter-offer replaced, with the evidence as it stood. The database refuses to change or remove one.</summary>
public sealed class PastRound
{
    private PastRound() { }

    public Guid ProposalId { get; private set; }
    public int Number { get; private set; }
    public ObjectiveTarget Target { get; private set; } = null!;
    public SloWindow Window { get; private set; } = null!;
    public DateTimeOffset? EffectiveFrom { get; private set; }
    public DateOnly? ReviewOn { get; private set; }
    public string Rationale { get; private set; } = "";
    public string Evidence { get; private set; } = "{}";
    public Guid OfferedBy { get; private set; }
    public DateTimeOffset OfferedAt { get; private set; }

    /// <summary>When the next round took its place.</summary>
    public DateTimeOffset EndedAt { get; private set; }

    /// <summary>Of what stood here; signatures of this round carry it.</summary>
    public byte[] ContentHash { get; private set; } = [];

    internal static PastRound Of(Proposal proposal, DateTimeOffset now) => new()
    {
        ProposalId = proposal.Id,
        Number = proposal.Round,
        Target = proposal.Target,
        Window = proposal.Window,
        EffectiveFrom = proposal.EffectiveFrom,
        ReviewOn = proposal.ReviewOn,
        Rationale = proposal.Rationale,
        Evidence = proposal.Evidence,
        OfferedBy = proposal.OfferedBy,
        OfferedAt = proposal.OfferedAt,
        EndedAt = now,
        ContentHash = proposal.ContentHash(),
    };
}
