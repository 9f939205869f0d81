using System.Globalization;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.Room;

/// <summary>What a form of the room holds while somebody types. Dates are as the reader's clock shows them.</summary>
internal sealed class RoomInput
{
    private string windowAsGiven = "";

    public string TargetText { get; set; } = "";
    public string Window { get; set; } = "";
    public DateTime? EffectiveFrom { get; set; }
    public DateOnly? ReviewOn { get; set; }
    public DateTime? Deadline { get; set; }
    public string Person { get; set; } = "";
    public string Reason { get; set; } = "";
    public string? Password { get; set; }

    /// <summary>In percent; a decimal comma is understood. Null when it is no number.</summary>
    public decimal? Target =>
        decimal.TryParse(TargetText.Trim().TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent : null;

    /// <summary>The windows on offer, and the one of the proposal where it is another.</summary>
    public IEnumerable<(string Value, string Text)> Windows(ProposalDetail room) =>
        ProposalInput.Windows.Select(w => (Value: w.Value.StartsWith("calendar", StringComparison.Ordinal) ? $"{w.Value} {ZoneOf(windowAsGiven)}" : w.Value, w.Text))
            .Where(w => w.Value != windowAsGiven).Prepend((windowAsGiven, $"{room.WindowPhrase}, as it stands"));

    /// <summary>The terms that stand are where a counter-offer begins.</summary>
    public static RoomInput Of(RoomDeed deed, ProposalDetail room, Guid? me, TimeZoneInfo zone) => new()
    {
        windowAsGiven = room.Window,
        TargetText = (deed == RoomDeed.State ? room.Negotiation.Current.FirstOrDefault(p => p.PersonId == me)?.TargetPercent ?? room.TargetPercent : room.TargetPercent).ToString(CultureInfo.InvariantCulture),
        Window = room.Window,
        EffectiveFrom = room.EffectiveFrom is { } from ? ReaderZone.Wall(from, zone) : null,
        ReviewOn = room.Negotiation.ReviewOn,
        Deadline = room.Negotiation.Deadline is { } deadline ? ReaderZone.Wall(deadline, zone) : null,
    };

    public OfferedTerms Terms(TimeZoneInfo zone) => new(Target ?? 0, Window, EffectiveFrom is { } from ? ReaderZone.Instant(from, zone) : null, ReviewOn);

    private static string ZoneOf(string window) => window.Split(' ') is ["calendar", _, var zone] ? zone : "UTC";
}
