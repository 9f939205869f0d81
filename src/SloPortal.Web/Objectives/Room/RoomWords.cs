using System.Globalization;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Web.Objectives.Room;

/// <summary>How the room says whose move it is and how far apart the sides are.</summary>
internal static class RoomWords
{
    public static string Percent(decimal percent) => percent.ToString(CultureInfo.InvariantCulture) + " %";

    /// <summary>"Clara Nilsson's move."; for who reads it, "Your move."</summary>
    public static string Move(ProposalDetail room)
    {
        if (room.Negotiation.NeedsAnswer)
            return "Nobody can sign yet: the history does not hold this target.";
        if (room.MaySignAs is not null)
            return "Your move: sign, or offer other terms.";
        if (room.May.Decide)
            return "Your move: the sides ask you to decide.";
        var waits = new[] { room.Owner, room.Stakeholder }.Where(p => p.SignedAt is null).Select(p => p.Name).ToList();
        return waits.Count == 1 ? $"{waits[0]}'s move: {(room.Owner.SignedAt is null ? room.Stakeholder.Name : room.Owner.Name)} has signed." : $"Waits for {string.Join(" and ", waits)}.";
    }

    /// <summary>The two sides in one sentence.</summary>
    public static string Apart(Spread spread) => spread switch
    {
        { Supported: null, Wanted: null } => "Neither side has stated a position yet.",
        { Supported: null, Wanted: { } wanted } => $"{Percent(wanted)} is wanted; engineering has not said what it can support.",
        { Wanted: null, Supported: { } supported } => $"Engineering supports {Percent(supported)}; nobody has said what they want.",
        { Gap: 0, Supported: { } supported, Wanted: { } wanted } => supported == wanted
            ? $"The sides agree on {Percent(wanted)}."
            : $"Engineering supports {Percent(supported)}, and no more than {Percent(wanted)} is wanted.",
        { Gap: { } gap, Supported: { } supported, Wanted: { } wanted } =>
            $"{gap.ToString(CultureInfo.InvariantCulture)} points apart: {Percent(supported)} is supported, {Percent(wanted)} wanted.",
        _ => "",
    };

    /// <summary>"with their password"; empty where it was not asked.</summary>
    public static string ConfirmedBy(Confirmation? confirmation) => confirmation switch
    {
        Confirmation.Password => "confirmed by password",
        Confirmation.FreshSignIn => "confirmed by a fresh sign-in",
        null => "before signatures were confirmed",
        _ => throw new ArgumentOutOfRangeException(nameof(confirmation), confirmation, null),
    };

    public static string Of(Side side) => side == Side.Engineering ? "Engineering can support" : "Stakeholders want";

    public static string Word(Party party) => party switch
    {
        Party.Owner => "owner",
        Party.Stakeholder => "stakeholder",
        Party.Arbiter => "arbiter",
        _ => throw new ArgumentOutOfRangeException(nameof(party), party, null),
    };

    /// <summary>The current positions as marks on the chart, those of one side at one target together.</summary>
    public static IReadOnlyList<EvidenceMark> Marks(NegotiationDetail negotiation) =>
        [.. negotiation.Current.GroupBy(p => (p.Side, p.TargetPercent)).OrderBy(g => g.Key.Side).ThenBy(g => g.Key.TargetPercent)
            .Select(g => new EvidenceMark(g.Key.TargetPercent, g.Key.Side, string.Join(", ", g.Select(p => p.Name))))];
}
