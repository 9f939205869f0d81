using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SloPortal.Domain.Access;

namespace SloPortal.Domain.Objectives.Negotiation;

/// <summary>From which side somebody speaks.</summary>
public enum Side
{
    /// <summary>Those who depend on the service: what they want.</summary>
    Stakeholders,
    /// <summary>The team that runs it: what it can support.</summary>
    Engineering,
}

/// <summary>
/// What a person wants of a target, or can support, and why: their word, confirmed as a signature is. A later one of the same person
/// supersedes it; it stays visible, and the database refuses to change or remove it.
/// </summary>
public sealed class Position
{
    private Position() { }

    public Position(Guid id, Proposal proposal, Guid personId, string personName, Side side, ObjectiveTarget target, string why, Confirmation confirmedBy, DateTimeOffset statedAt)
    {
        Id = id;
        ProposalId = proposal.Id;
        Round = proposal.Round;
        PersonId = personId;
        PersonName = personName;
        Side = side;
        Target = target;
        Why = why;
        ConfirmedBy = confirmedBy;
        StatedAt = statedAt;
        ContentHash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
            Id.ToString("N"), ProposalId.ToString("N"), PersonId.ToString("N"), Side.ToString(), Target.ToString(), StatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), Why)));
    }

    public Guid Id { get; private set; }
    public Guid ProposalId { get; private set; }

    /// <summary>The round that was on the table.</summary>
    public int Round { get; private set; }

    public Guid PersonId { get; private set; }

    /// <summary>As it was then.</summary>
    public string PersonName { get; private set; } = "";

    public Side Side { get; private set; }
    public ObjectiveTarget Target { get; private set; } = null!;
    public string Why { get; private set; } = "";
    public Confirmation ConfirmedBy { get; private set; }
    public byte[] ContentHash { get; private set; } = [];
    public DateTimeOffset StatedAt { get; private set; }

    /// <summary>The stakeholder who signs speaks for those who depend on the service, also where they are in its team; else the team is engineering.</summary>
    public static Side SideOf(Proposal proposal, Guid personId, bool isInTheTeam) =>
        personId != proposal.StakeholderId && isInTheTeam ? Side.Engineering : Side.Stakeholders;
}
