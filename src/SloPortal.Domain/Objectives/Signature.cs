using SloPortal.Domain.Access;

namespace SloPortal.Domain.Objectives;

/// <summary>A person's agreement to exactly this content; for an arbiter, the decision for it. The database refuses to change or remove one.</summary>
public sealed class Signature
{
    private Signature() { }

    internal Signature(
        Guid proposalId, int round, Party party, Guid personId, string personName, string reason, Confirmation confirmedBy, byte[] contentHash, DateTimeOffset signedAt)
    {
        ProposalId = proposalId;
        Round = round;
        Party = party;
        PersonId = personId;
        PersonName = personName;
        Reason = reason;
        ConfirmedBy = confirmedBy;
        ContentHash = contentHash;
        SignedAt = signedAt;
    }

    public Guid ProposalId { get; private set; }

    /// <summary>The round whose terms were signed; it does not count for a later one.</summary>
    public int Round { get; private set; }

    public Party Party { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>As it was when signed.</summary>
    public string PersonName { get; private set; } = "";

    public string Reason { get; private set; } = "";

    /// <summary>Null for signatures from before this was asked, which a session alone gave.</summary>
    public Confirmation? ConfirmedBy { get; private set; }

    public byte[] ContentHash { get; private set; } = [];
    public DateTimeOffset SignedAt { get; private set; }
}
