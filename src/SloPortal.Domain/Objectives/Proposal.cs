using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Domain.Objectives;

public enum ProposalState
{
    /// <summary>Waits for signatures.</summary>
    Open,
    /// <summary>Both parties signed; a version exists.</summary>
    Accepted,
    Rejected,
    Withdrawn,
}

/// <summary>Who has to agree: the one who runs the service, and the one who depends on it.</summary>
public enum Party
{
    Owner,
    Stakeholder,
    /// <summary>Not a party: decides where the two cannot, and signs in place of whoever did not.</summary>
    Arbiter,
}

/// <summary>
/// Terms put forward for an objective, with the evidence as it stood, until both parties sign, one refuses, or an arbiter decides. A
/// counter-offer begins a new round: the terms before it stay as a <see cref="PastRound"/>, and only signatures of this round count.
/// </summary>
public sealed partial class Proposal
{
    private Proposal() { }

    public Proposal(
        Guid id, Guid objectiveId, int sliId, BudgetingMethod method, ObjectiveTarget target, SloWindow window, DateTimeOffset? effectiveFrom,
        Guid ownerId, Guid stakeholderId, string rationale, string evidence, Guid proposedBy, DateTimeOffset proposedAt,
        ExternalFailures externals = ExternalFailures.Counted)
    {
        Id = id;
        ObjectiveId = objectiveId;
        SliId = sliId;
        Method = method;
        Target = target;
        Window = window;
        EffectiveFrom = effectiveFrom;
        OwnerId = ownerId;
        StakeholderId = stakeholderId;
        Rationale = rationale;
        Evidence = evidence;
        ProposedBy = OfferedBy = proposedBy;
        ProposedAt = OfferedAt = proposedAt;
        Externals = externals;
    }

    public Guid Id { get; private set; }
    public Guid ObjectiveId { get; private set; }
    public int SliId { get; private set; }
    public BudgetingMethod Method { get; private set; } = BudgetingMethod.Default;
    public ObjectiveTarget Target { get; private set; } = null!;
    public SloWindow Window { get; private set; } = null!;

    /// <summary>When the version shall take effect; null is at the last signature.</summary>
    public DateTimeOffset? EffectiveFrom { get; private set; }

    public Guid OwnerId { get; private set; }
    public Guid StakeholderId { get; private set; }

    /// <summary>Why the terms of this round.</summary>
    public string Rationale { get; private set; } = "";

    /// <summary>The replay of the history as it stood when the terms of this round were put forward; JSON.</summary>
    public string Evidence { get; private set; } = "{}";

    public Guid ProposedBy { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>Whether failures of vendors count against the promise.</summary>
    public ExternalFailures Externals { get; private set; }

    public ProposalState State { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public List<Signature> Signatures { get; } = [];

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>
    /// SHA-256 of what is signed: objective, SLI, terms, parties, rationale and evidence. A signature carries it, so that it can be shown
    /// later that nothing was exchanged underneath. What there was not from the beginning, such as methods and rounds, enters only where it is set.
    /// </summary>
    public byte[] ContentHash() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        Id.ToString("N"), ObjectiveId.ToString("N"), SliId.ToString(CultureInfo.InvariantCulture), Target.ToString(), Window.ToString(),
        EffectiveFrom?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "at the last signature",
        OwnerId.ToString("N"), StakeholderId.ToString("N"), Rationale, Evidence)
        + (Method == BudgetingMethod.Default ? "" : $"\n{Method}")
        + (Externals == ExternalFailures.LeftOut ? "\nwithout failures of vendors" : "")
        + string.Concat(SaidBeside().Select(said => "\n" + said))));

    /// <summary>The party that a person signs for now; null where nothing waits for them.</summary>
    public Party? PartyThatMaySign(Guid personId) =>
        State != ProposalState.Open || OwnerId == StakeholderId ? null
        : personId == OwnerId && !HasSigned(Party.Owner) ? Party.Owner
        : personId == StakeholderId && !HasSigned(Party.Stakeholder) ? Party.Stakeholder
        : null;

    /// <summary>Whether a party signed the terms of this round.</summary>
    public bool HasSigned(Party party) => Signatures.Any(s => s.Party == party && s.Round == Round);

    /// <summary>Signs for a party; the second signature accepts the proposal.</summary>
    public Refusal? Sign(Guid personId, string personName, string reason, Confirmation confirmedBy, DateTimeOffset now)
    {
        if (MustBeOpen("takes no more signatures") is { } closed)
            return closed;
        if (OwnerId == StakeholderId)
            return Refusal.Conflict("This proposal names one person for both sides, and nobody agrees with themselves. Withdraw it, invite the stakeholder under Settings, People, and propose it again.");
        if (PartyThatMaySign(personId) is not { } party)
        {
            return personId == OwnerId || personId == StakeholderId
                ? Refusal.Denied("You have signed this already. It waits for the other side now.")
                : Refusal.Denied("Only the owner and the stakeholder whom the proposal names sign it, once each.");
        }
        Signatures.Add(new Signature(Id, Round, party, personId, personName, reason, confirmedBy, ContentHash(), now));
        if (HasSigned(Party.Owner) && HasSigned(Party.Stakeholder))
            Decide(ProposalState.Accepted, now);
        return null;
    }

    public Refusal? Reject(Guid personId, DateTimeOffset now)
    {
        if (MustBeOpen("stays so") is { } closed)
            return closed;
        if (personId != OwnerId && personId != StakeholderId)
            return Refusal.Denied("Only the owner and the stakeholder whom the proposal names can reject it.");
        Decide(ProposalState.Rejected, now);
        return null;
    }

    public Refusal? Withdraw(DateTimeOffset now)
    {
        if (MustBeOpen("stays so") is { } closed)
            return closed;
        Decide(ProposalState.Withdrawn, now);
        return null;
    }

    private Refusal? MustBeOpen(string so) =>
        State == ProposalState.Open ? null : Refusal.Conflict($"This proposal is {State.ToString().ToLowerInvariant()} and {so}.");

    private void Decide(ProposalState state, DateTimeOffset now)
    {
        State = state;
        DecidedAt = now;
    }
}
