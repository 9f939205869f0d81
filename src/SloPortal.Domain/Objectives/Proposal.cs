using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
}

/// <summary>Terms put forward for an objective, with the evidence as it stood, until both parties sign or one refuses.</summary>
public sealed class Proposal
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
        ProposedBy = proposedBy;
        ProposedAt = proposedAt;
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
    public string Rationale { get; private set; } = "";

    /// <summary>The replay of the history as it stood when this was proposed; JSON.</summary>
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
    /// SHA-256 of what is signed: objective, SLI, terms, parties, rationale, evidence, and the method where it is not the default. A signature carries it, so that it can
    /// be shown later that nothing was exchanged underneath.
    /// </summary>
    public byte[] ContentHash() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        Id.ToString("N"), ObjectiveId.ToString("N"), SliId.ToString(CultureInfo.InvariantCulture), Target.ToString(), Window.ToString(),
        EffectiveFrom?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "at the last signature",
        OwnerId.ToString("N"), StakeholderId.ToString("N"), Rationale, Evidence)
        + (Method == BudgetingMethod.Default ? "" : $"\n{Method}")
        + (Externals == ExternalFailures.LeftOut ? "\nwithout failures of vendors" : "")));

    /// <summary>The party that a person signs for; a person named as both signs for one after the other.</summary>
    public Party? PartyThatMaySign(Guid personId) =>
        State != ProposalState.Open ? null
        : personId == OwnerId && !HasSigned(Party.Owner) ? Party.Owner
        : personId == StakeholderId && !HasSigned(Party.Stakeholder) ? Party.Stakeholder
        : null;

    public bool HasSigned(Party party) => Signatures.Any(s => s.Party == party);

    /// <summary>Signs for a party; the second signature accepts the proposal.</summary>
    public Refusal? Sign(Guid personId, string personName, string reason, DateTimeOffset now)
    {
        if (State != ProposalState.Open)
            return Refusal.Conflict($"This proposal is {State.ToString().ToLowerInvariant()} and takes no more signatures.");
        if (PartyThatMaySign(personId) is not { } party)
            return Refusal.Denied("Only the owner and the stakeholder whom the proposal names sign it, once each.");
        Signatures.Add(new Signature(Id, party, personId, personName, reason, ContentHash(), now));
        if (HasSigned(Party.Owner) && HasSigned(Party.Stakeholder))
            Decide(ProposalState.Accepted, now);
        return null;
    }

    public Refusal? Reject(Guid personId, DateTimeOffset now)
    {
        if (State != ProposalState.Open)
            return Refusal.Conflict($"This proposal is {State.ToString().ToLowerInvariant()} already.");
        if (personId != OwnerId && personId != StakeholderId)
            return Refusal.Denied("Only the owner and the stakeholder whom the proposal names can reject it.");
        Decide(ProposalState.Rejected, now);
        return null;
    }

    public Refusal? Withdraw(DateTimeOffset now)
    {
        if (State != ProposalState.Open)
            return Refusal.Conflict($"This proposal is {State.ToString().ToLowerInvariant()} already.");
        Decide(ProposalState.Withdrawn, now);
        return null;
    }

    private void Decide(ProposalState state, DateTimeOffset now)
    {
        State = state;
        DecidedAt = now;
    }
}

/// <summary>A person's agreement to exactly this content.</summary>
public sealed class Signature
{
    private Signature() { }

    internal Signature(Guid proposalId, Party party, Guid personId, string personName, string reason, byte[] contentHash, DateTimeOffset signedAt)
    {
        ProposalId = proposalId;
        Party = party;
        PersonId = personId;
        PersonName = personName;
        Reason = reason;
        ContentHash = contentHash;
        SignedAt = signedAt;
    }

    public Guid ProposalId { get; private set; }
    public Party Party { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>As it was when signed.</summary>
    public string PersonName { get; private set; } = "";

    public string Reason { get; private set; } = "";
    public byte[] ContentHash { get; private set; } = [];
    public DateTimeOffset SignedAt { get; private set; }
}
