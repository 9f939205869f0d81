using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation;

/// <summary>Pages, their states and ways, as people read them.</summary>
internal static class PageWords
{
    public static (Tone Tone, string Word) StateOf(PageState state, bool nobodyAnswered) => state switch
    {
        PageState.Open => nobodyAnswered ? (Tone.Bad, "Nobody answered") : (Tone.Bad, "Calling"),
        PageState.Acknowledged => (Tone.Info, "Taken"),
        PageState.Resolved => (Tone.Good, "Over"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static (Tone Tone, string Word) StateOf(PageMessageState state) => state switch
    {
        PageMessageState.Waiting => (Tone.Info, "Waits"),
        PageMessageState.Sent => (Tone.Good, "Sent"),
        PageMessageState.Failed => (Tone.Bad, "Failed"),
        PageMessageState.Cancelled => (Tone.Neutral, "Not needed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string Channel(ContactChannel channel) => channel switch
    {
        ContactChannel.Portal => "Notice in the portal",
        ContactChannel.Push => "Push",
        ContactChannel.Mail => "Mail",
        ContactChannel.Webhook => "Webhook",
        ContactChannel.Slack => "Slack",
        ContactChannel.Teams => "Teams",
        ContactChannel.Mattermost => "Mattermost",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
    };

    public static string Delay(int minutes) => minutes switch
    {
        0 => "at once",
        1 => "after 1 minute",
        _ => $"after {minutes} minutes",
    };

    public static string Hours(PagingHours hours) => hours switch
    {
        PagingHours.Any => "at any hour",
        PagingHours.Business => "in business hours",
        PagingHours.Outside => "outside business hours",
        _ => throw new ArgumentOutOfRangeException(nameof(hours), hours, null),
    };

    public static string AtLeast(SignalSeverity severity) => severity switch
    {
        SignalSeverity.Critical => "Critical",
        SignalSeverity.Error => "Error or worse",
        SignalSeverity.Warning => "Warning or worse",
        SignalSeverity.Info => "Anything",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    /// <summary>How a page stands, in one line.</summary>
    public static string Sentence(PageDetail page, DateTimeOffset now) => page.State switch
    {
        PageState.Resolved => $"Over since {HumanDuration.Text(now - page.ResolvedAt!.Value)}. {page.ResolvedBecause}",
        PageState.Acknowledged => $"{page.AcknowledgedBy} has it, {As(page)}{HumanDuration.Text(page.AcknowledgedAt!.Value - page.OpenedAt)} after it opened.",
        PageState.Open when page.NobodyAnswered => "Nobody answered. All levels have been called.",
        PageState.Open when page.NextStepAt is { } next && page.NextLevel is { } level =>
            next <= now ? $"Level {level} is being called." : $"Nobody has it yet. Level {level} is called in {HumanDuration.Text(next - now)}.",
        PageState.Open => "Nobody has it yet. The last level has been called.",
        _ => throw new ArgumentOutOfRangeException(nameof(page), page.State, null),
    };

    private static string As(PageDetail page) => page.AcknowledgedAs switch
    {
        AcknowledgedAs.SomeoneElse => "who had not been called, ",
        AcknowledgedAs.Paged or AcknowledgedAs.Source or null => "",
        _ => throw new ArgumentOutOfRangeException(nameof(page), page.AcknowledgedAs, null),
    };
}
