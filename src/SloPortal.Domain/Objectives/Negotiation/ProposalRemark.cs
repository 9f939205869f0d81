namespace SloPortal.Domain.Objectives.Negotiation;

public enum RemarkKind
{
    Comment,
    /// <summary>Somebody stays in the agreement and does not share it.</summary>
    Dissent,
}

/// <summary>Something said about a proposal. Remarks are only ever added.</summary>
public sealed class ProposalRemark
{
    private ProposalRemark() { }

    public ProposalRemark(Guid id, Proposal proposal, RemarkKind kind, Guid personId, string personName, string text, DateTimeOffset saidAt)
    {
        Id = id;
        ProposalId = proposal.Id;
        Round = proposal.Round;
        Kind = kind;
        PersonId = personId;
        PersonName = personName;
        Text = text;
        SaidAt = saidAt;
    }

    public Guid Id { get; private set; }
    public Guid ProposalId { get; private set; }

    /// <summary>The round that was on the table.</summary>
    public int Round { get; private set; }

    public RemarkKind Kind { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>As it was then.</summary>
    public string PersonName { get; private set; } = "";

    /// <summary>Plain text.</summary>
    public string Text { get; private set; } = "";

    public DateTimeOffset SaidAt { get; private set; }
}

/// <summary>Somebody who was asked to state a position.</summary>
public sealed class ProposalInvitee
{
    private ProposalInvitee() { }

    public ProposalInvitee(Guid proposalId, Guid personId, Guid invitedBy, DateTimeOffset invitedAt)
    {
        ProposalId = proposalId;
        PersonId = personId;
        InvitedBy = invitedBy;
        InvitedAt = invitedAt;
    }

    public Guid ProposalId { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid InvitedBy { get; private set; }
    public DateTimeOffset InvitedAt { get; private set; }
}
