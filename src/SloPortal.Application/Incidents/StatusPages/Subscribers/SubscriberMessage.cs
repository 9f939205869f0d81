using System.Globalization;
using System.Net;
using System.Text;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>What a mail to a subscriber says, as plain text and as simple HTML.</summary>
internal sealed record SubscriberMessage(string Subject, string Text, string Html)
{
    /// <summary>Asks whether the address is theirs.</summary>
    public static SubscriberMessage Question(StatusPage page, StatusSubscriber subscriber, string link)
    {
        var asked = $"Somebody, probably you, asked for the updates of {page.Title} to come to {subscriber.Address}.";
        var until = $"The link works until {Utc(subscriber.ConfirmBy)}. If it was not you, do nothing: no more mail comes, and the address is forgotten.";
        return new(
            $"{page.Title}: confirm your address",
            $"{asked}\n\nTo get them, open this and confirm:\n{link}\n\n{until}\n",
            Document($"<p>{Encoded(asked)}</p><p>{Anchor(link, "Get the updates by mail")}</p><p>{Encoded(until)}</p>"));
    }

    /// <param name="page">Where the reader sees it in its place.</param>
    /// <param name="unsubscribe">Where they end the mails.</param>
    public static SubscriberMessage Of(StatusPage shown, IncidentUpdate update, string page, string unsubscribe)
    {
        // Of services that this page does not show nothing is said.
        var services = shown.Services.Select(s => (s.Name, Told: update.Services.FirstOrDefault(t => t.ServiceId == s.ServiceId))).Where(s => s.Told is not null)
            .Select(s => $"{s.Name}: {s.Told!.Condition.ToString().ToLowerInvariant()}").ToList();
        var title = $"{update.Told}: {update.Title}";
        var next = update.NextUpdateAt is { } at ? $"Next update by {Utc(at)}." : null;
        var text = new StringBuilder().Append(title).Append("\n\n").Append(update.Body).Append("\n\n");
        var html = new StringBuilder("<p><strong>").Append(Encoded(title)).Append("</strong></p><p style=\"white-space:pre-line\">").Append(Encoded(update.Body)).Append("</p>");
        if (services.Count > 0)
        {
            text.AppendJoin('\n', services).Append("\n\n");
            html.Append("<p>").AppendJoin("<br>", services.Select(Encoded)).Append("</p>");
        }
        if (next is not null)
        {
            text.Append(next).Append("\n\n");
            html.Append("<p>").Append(Encoded(next)).Append("</p>");
        }
        var published = $"Published {Utc(update.PublishedAt!.Value)}";
        text.Append(shown.Title).Append(": ").Append(page).Append('\n').Append(published).Append("\n\nUnsubscribe: ").Append(unsubscribe).Append('\n');
        html.Append("<p>").Append(Anchor(page, shown.Title)).Append("<br>").Append(Encoded(published)).Append("</p><p>").Append(Anchor(unsubscribe, "Unsubscribe")).Append("</p>");
        return new($"{shown.Title}: {update.Title} ({update.Told.ToString().ToLowerInvariant()})", text.ToString(), Document(html.ToString()));
    }

    private static string Document(string body) => $"<!doctype html><html lang=\"en\"><body style=\"font:14px/20px sans-serif\">{body}</body></html>";

    private static string Anchor(string address, string text) => $"<a href=\"{Encoded(address)}\">{Encoded(text)}</a>";

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
