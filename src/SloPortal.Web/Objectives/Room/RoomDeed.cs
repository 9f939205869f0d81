using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Web.Objectives.Room;

/// <summary>What somebody does in the room of a proposal, one at a time; as an address names it in lower case.</summary>
internal enum RoomDeed
{
    Sign,
    Offer,
    State,
    Decide,
    Risk,
    Reject,
    Withdraw,
    Dissent,
    Invite,
    Deadline,
    Arbiter,
}

/// <summary>How the room speaks of what is done in it.</summary>
internal static class RoomDeeds
{
    /// <summary>Whether the deed is a signature, which the person confirms.</summary>
    public static bool IsSigned(this RoomDeed deed) => deed is RoomDeed.Sign or RoomDeed.State or RoomDeed.Decide or RoomDeed.Risk;

    public static bool HasTerms(this RoomDeed deed) => deed is RoomDeed.Offer or RoomDeed.Decide;

    public static bool HasReason(this RoomDeed deed) => deed is not (RoomDeed.Invite or RoomDeed.Deadline);

    public static bool HasPerson(this RoomDeed deed) => deed is RoomDeed.Invite or RoomDeed.Arbiter;

    public static bool May(this RoomDeed deed, ProposalDetail room) => deed switch
    {
        RoomDeed.Sign => room.MaySignAs is not null && !room.Negotiation.NeedsAnswer,
        RoomDeed.Reject => room.May.Reject,
        RoomDeed.Withdraw => room.MayWithdraw,
        RoomDeed.Offer => room.May.Offer,
        RoomDeed.State => room.May.State,
        RoomDeed.Decide => room.May.Decide,
        RoomDeed.Risk => room.May.TakeRisk,
        RoomDeed.Dissent => room.May.Dissent,
        RoomDeed.Invite or RoomDeed.Deadline or RoomDeed.Arbiter => room.May.Lead,
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, null),
    };

    public static string Title(this RoomDeed deed, ProposalDetail room) => deed switch
    {
        RoomDeed.Sign => "Sign these terms",
        RoomDeed.Offer => "Offer other terms",
        RoomDeed.State => room.May.Side == Side.Engineering ? "What your team can support" : "What you want",
        RoomDeed.Decide => "Decide between the sides",
        RoomDeed.Risk => "Take the risk",
        RoomDeed.Reject => "Reject the proposal",
        RoomDeed.Withdraw => "Withdraw the proposal",
        RoomDeed.Dissent => "Record dissent",
        RoomDeed.Invite => "Ask somebody for their position",
        RoomDeed.Deadline => "Set a deadline",
        RoomDeed.Arbiter => "Call an arbiter",
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, null),
    };

    public static string Question(this RoomDeed deed) => deed switch
    {
        RoomDeed.Sign => "Why do you agree?",
        RoomDeed.Offer => "Why these terms?",
        RoomDeed.State => "Why?",
        RoomDeed.Decide => "Why do you decide so?",
        RoomDeed.Risk => "Which risk do you take, and why is it worth it?",
        RoomDeed.Reject => "Why do you reject it?",
        RoomDeed.Withdraw => "Why is it withdrawn?",
        RoomDeed.Dissent => "What do you not share?",
        RoomDeed.Arbiter => "Why can the sides not settle it?",
        _ => "",
    };

    public static string Hint(this RoomDeed deed) => deed switch
    {
        RoomDeed.Sign => "Your name, this reason and the fingerprint of what stands here are kept and cannot be changed.",
        RoomDeed.Offer => "It begins a new round. These terms stay readable, and what was signed for them does not count for the new ones.",
        RoomDeed.State => "It is signed with your name. A later one takes its place, and this one stays readable.",
        RoomDeed.Decide => "It makes the version, with your signature in place of whoever has not signed. Who disagrees can record it.",
        RoomDeed.Risk => "Your name and these words stand beside the agreement and become part of what is signed.",
        RoomDeed.Dissent => "You stay in the agreement. Your words stand beside it and cannot be changed.",
        _ => "It is kept in the audit beside your name.",
    };

    public static string Verb(this RoomDeed deed) => deed switch
    {
        RoomDeed.Sign => "Sign",
        RoomDeed.Offer => "Make the offer",
        RoomDeed.State => "Sign your position",
        RoomDeed.Decide => "Decide and sign",
        RoomDeed.Risk => "Take the risk",
        RoomDeed.Reject => "Reject the proposal",
        RoomDeed.Withdraw => "Withdraw the proposal",
        RoomDeed.Dissent => "Record dissent",
        RoomDeed.Invite => "Ask them",
        RoomDeed.Deadline => "Set the deadline",
        RoomDeed.Arbiter => "Call them",
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, null),
    };
}
