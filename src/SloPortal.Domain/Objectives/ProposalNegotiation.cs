using System.Globalization;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Domain.Objectives;

// What two sides do beside signing: offer and counter-offer, call somebody to decide, answer for a target that the history does not hold.
public sealed partial class Proposal
{
    /// <summary>1 for the terms as they were proposed; each counter-offer begins the next.</summary>
    public int Round { get; private set; } = 1;

    /// <summary>Who put the terms of this round forward.</summary>
    public Guid OfferedBy { get; private set; }

    public DateTimeOffset OfferedAt { get; private set; }

    /// <summary>The day on which the agreement is looked at again; part of what is signed.</summary>
    public DateOnly? ReviewOn { get; private set; }

    /// <summary>By when the sides want to be done. Passing it is told and decides nothing.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>Who decides if the sides cannot.</summary>
    public Guid? ArbiterId { get; private set; }

    /// <summary>How a target that the history does not hold becomes attainable; null where nobody said.</summary>
    public Aspiration? Aspiration { get; private set; }

    /// <summary>The risk of a target that the history does not hold, as somebody entitled to took it; null where nobody did.</summary>
    public AcceptedRisk? Risk { get; private set; }

    /// <summary>When people were told that the deadline is near, that it passed, and that the review is due; null before.</summary>
    public DateTimeOffset? DeadlineWarnedAt { get; private set; }
    public DateTimeOffset? DeadlineToldAt { get; private set; }
    public DateTimeOffset? ReviewToldAt { get; private set; }

    public bool IsParty(Guid personId) => personId == OwnerId || personId == StakeholderId;

    /// <summary>Whether somebody answered for a target that the history does not hold.</summary>
    public bool IsAnswered => Aspiration is not null || Risk is not null;

    /// <summary>The day is part of the terms, so it is set before anybody signs them.</summary>
    public void ReviewAgain(DateOnly? on) => ReviewOn = on;

    /// <summary>Puts other terms in the place of these, which stay readable.</summary>
    /// <returns>The round that ends.</returns>
    public Outcome<PastRound> CounterOffer(
        ObjectiveTarget target, SloWindow window, DateTimeOffset? effectiveFrom, DateOnly? reviewOn, string reason, string evidence, Guid by, DateTimeOffset now)
    {
        if (MustBeOpen("takes no counter-offers") is { } closed)
            return closed;
        if (!IsParty(by) && by != ProposedBy && by != ArbiterId)
            return Refusal.Denied("Only the two parties, whoever made the proposal and the arbiter put other terms forward. State your position, which everybody here sees.");
        if (target.Percent == Target.Percent && window.ToString() == Window.ToString() && effectiveFrom == EffectiveFrom && reviewOn == ReviewOn)
            return Refusal.Invalid(nameof(Target), "These are the terms that stand here. Change the target, the window or a date, or sign.");
        var past = PastRound.Of(this, now);
        (Round, Target, Window, EffectiveFrom, ReviewOn) = (Round + 1, target, window, effectiveFrom, reviewOn);
        (Rationale, Evidence, OfferedBy, OfferedAt) = (reason, evidence, by, now);
        // They answered for other terms.
        (Aspiration, Risk) = (null, null);
        return past;
    }

    public Refusal? WaitUntil(DateTimeOffset? deadline, DateTimeOffset now)
    {
        if (MustBeOpen("waits for nothing") is { } closed)
            return closed;
        if (deadline <= now)
            return Refusal.Invalid(nameof(Deadline), "The deadline has passed already. Choose a moment to come.");
        (Deadline, DeadlineWarnedAt, DeadlineToldAt) = (deadline, null, null);
        return null;
    }

    /// <param name="mayReplace">Whether the actor may put another in the place of one who was called.</param>
    public Refusal? CallArbiter(Guid arbiter, bool mayReplace)
    {
        if (MustBeOpen("needs nobody to decide") is { } closed)
            return closed;
        if (IsParty(arbiter) || arbiter == ProposedBy)
            return Refusal.Invalid(nameof(ArbiterId), "An arbiter stands between the sides: neither of the parties nor whoever made the proposal. Choose somebody else.");
        if (ArbiterId is not null && ArbiterId != arbiter && !mayReplace)
            return Refusal.Conflict("An arbiter is called already, and neither side changes that alone. An administrator can call another.");
        ArbiterId = arbiter;
        return null;
    }

    /// <summary>Decides for the terms of this round: with the arbiter's signature in place of whoever has not signed.</summary>
    public Refusal? Arbitrate(Guid personId, string personName, string reason, Confirmation confirmedBy, DateTimeOffset now)
    {
        if (MustBeOpen("stays so") is { } closed)
            return closed;
        if (personId != ArbiterId)
            return Refusal.Denied("Only the arbiter who was called decides. A party can call one.");
        Signatures.Add(new Signature(Id, Round, Party.Arbiter, personId, personName, reason, confirmedBy, ContentHash(), now));
        Decide(ProposalState.Accepted, now);
        return null;
    }

    /// <summary>Says by when and by which work a target that the history does not hold becomes attainable.</summary>
    public Refusal? Aspire(DateOnly until, IReadOnlyList<Guid> actions, DateTimeOffset now)
    {
        if (MustBeUnsigned() is { } refusal)
            return refusal;
        if (until <= DateOnly.FromDateTime(now.UtcDateTime))
            return Refusal.Invalid("Until", "Choose a day to come: until then the target is an aim, and from then on a promise.");
        if (actions.Count == 0)
            return Refusal.Invalid("Actions", "An aim without work is a wish. Choose the actions that make it attainable.");
        (Aspiration, Risk) = (new Aspiration(until, actions), null);
        return null;
    }

    /// <summary>Takes the risk of a target that the history does not hold.</summary>
    public Refusal? TakeRisk(AcceptedRisk risk)
    {
        if (MustBeUnsigned() is { } refusal)
            return refusal;
        if (risk.PersonId == ProposedBy || risk.PersonId == OfferedBy || IsParty(risk.PersonId))
            return Refusal.Denied("Who proposes or signs the target does not take its risk as well. Another administrator can.");
        (Aspiration, Risk) = (null, risk);
        return null;
    }

    public void Warned(DateTimeOffset now) => DeadlineWarnedAt = now;

    public void ToldThatItPassed(DateTimeOffset now) => DeadlineToldAt = now;

    public void ToldOfTheReview(DateTimeOffset now) => ReviewToldAt = now;

    private Refusal? MustBeUnsigned() =>
        MustBeOpen("stays so") ?? (Signatures.Any(s => s.Round == Round)
            ? Refusal.Conflict("Somebody has signed these terms as they stand. A counter-offer begins a round in which this can be said.")
            : null);

    private IEnumerable<string> SaidBeside()
    {
        if (Round > 1)
            yield return string.Create(CultureInfo.InvariantCulture, $"round {Round}");
        if (ReviewOn is { } review)
            yield return string.Create(CultureInfo.InvariantCulture, $"review on {review:yyyy-MM-dd}");
        if (Aspiration is { } aim)
            yield return string.Create(CultureInfo.InvariantCulture, $"aspirational until {aim.Until:yyyy-MM-dd} with {string.Join(' ', aim.Actions.Order().Select(a => a.ToString("N")))}");
        if (Risk is { } risk)
            yield return string.Create(CultureInfo.InvariantCulture, $"risk taken by {risk.PersonId:N} at {risk.At.UtcDateTime:O}: {risk.Words}");
    }
}
