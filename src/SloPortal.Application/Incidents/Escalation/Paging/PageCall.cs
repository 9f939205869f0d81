using System.Globalization;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>What a person is told about a page, in the forms that the ways need.</summary>
/// <param name="Id">Of the message: the same for every try, so that a receiver can drop what it has already.</param>
/// <param name="Answer">Takes the page without signing in; null where the portal does not know its own address.</param>
/// <param name="Token">The part of <paramref name="Answer"/> that proves it.</param>
internal sealed record PageCall(Guid Id, int Number, string Title, SignalSeverity Severity, string Team, string? Service, string Reason, DateTimeOffset OpenedAt, int Level, int Round, string? Link, string? Answer, string Token)
{
    public string Subject => $"{SeverityWords.Word(Severity)}: {Title}";

    /// <summary>For a mail: what is the matter, why this person, and how to take it.</summary>
    public Message Mail() => new(
        Id, Subject, Title,
        [
            ("Page", Number.ToString(CultureInfo.InvariantCulture)),
            ("Severity", SeverityWords.Word(Severity)),
            .. Service is null ? [] : new[] { ("Service", Service) },
            ("Team", Team),
            ("Opened", OpenedAt.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"),
            ("Why you", $"{Reason} You are called at level {Level + 1}{(Round > 0 ? $", round {Round + 1}" : "")}."),
            .. Link is null ? [] : new[] { ("All about it", Link) },
        ], Answer ?? Link, Answer is not null ? "Take this page" : "Open the page");

    /// <summary>For Slack: blocks and a button. For Mattermost, which takes the same: an attachment.</summary>
    public object Document(ContactChannel channel) => channel switch
    {
        ContactChannel.Slack => new
        {
            text = Subject,
            blocks = (object[])
            [
                new { type = "section", text = new { type = "mrkdwn", text = $"*{Escaped(Subject)}*\n{Escaped(Reason)}" } },
                new
                {
                    type = "actions",
                    elements = (object[])
                    [
                        .. Answer is null ? [] : new object[] { new { type = "button", text = new { type = "plain_text", text = "Take this page" }, style = "primary", url = Answer } },
                        .. Link is null ? [] : new object[] { new { type = "button", text = new { type = "plain_text", text = "Open" }, url = Link } },
                    ],
                },
            ],
        },
        ContactChannel.Mattermost => new
        {
            text = $"**{Markdown(Subject)}**\n{Markdown(Reason)}" + (Answer is null ? "" : $"\n[Take this page]({Answer})") + (Link is null ? "" : $" · [Open]({Link})"),
        },
        // An adaptive card, as the workflows of Teams take it.
        ContactChannel.Teams => new Dictionary<string, object>
        {
            ["type"] = "message",
            ["attachments"] = (object[])
            [
                new Dictionary<string, object>
                {
                    ["contentType"] = "application/vnd.microsoft.card.adaptive",
                    ["content"] = new Dictionary<string, object>
                    {
                        ["type"] = "AdaptiveCard",
                        ["version"] = "1.4",
                        ["body"] = (object[])[new { type = "TextBlock", size = "Medium", weight = "Bolder", wrap = true, text = Markdown(Subject) }, new { type = "TextBlock", wrap = true, text = Markdown(Reason) }],
                        ["actions"] = (object[])
                        [
                            .. Answer is null ? [] : new object[] { new { type = "Action.OpenUrl", title = "Take this page", url = Answer } },
                            .. Link is null ? [] : new object[] { new { type = "Action.OpenUrl", title = "Open", url = Link } },
                        ],
                    },
                },
            ],
        },
        ContactChannel.Webhook => new { id = Id, @event = "page.called", text = Subject, page = Number, severity = Severity, team = Team, service = Service, reason = Reason, openedAt = OpenedAt, level = Level + 1, round = Round + 1, link = Link, answer = Answer },
        ContactChannel.Push => new { id = Id, title = Subject, body = Reason, page = Number, answer = Token },
        ContactChannel.Portal or ContactChannel.Mail => throw new InvalidOperationException($"{channel} takes no document."),
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
    };

    // Slack reads these three, and nothing else, as its own.
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Markdown(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"[\\`*_\[\]()#<>|~@]", @"\$0");
}
