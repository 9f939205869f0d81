using System.Net;
using System.Text;
using SloPortal.Application.Common;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>A message as mail: plain text, and the same as simple HTML.</summary>
internal static class MailMessage
{
    /// <returns>Null: what goes wrong is thrown.</returns>
    public static async Task<string?> SendAsync(Mailer mailer, string address, Message message, CancellationToken ct)
    {
        await mailer.SendAsync(address, message.Subject, Text(message), ct, Html(message), message.Id);
        return null;
    }

    public static string Text(Message message)
    {
        var text = new StringBuilder().Append(message.Sentence).Append("\n\n");
        foreach (var (name, value) in message.Facts)
            text.Append(name).Append(": ").Append(value).Append('\n');
        if (message.Link is not null)
            text.Append('\n').Append(message.LinkText).Append(": ").Append(message.Link).Append('\n');
        return text.ToString();
    }

    public static string Html(Message message)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><body style=\"font:14px/20px sans-serif\"><p><strong>")
            .Append(Encoded(message.Sentence)).Append("</strong></p><table cellpadding=\"4\">");
        foreach (var (name, value) in message.Facts)
            html.Append("<tr><td>").Append(Encoded(name)).Append("</td><td>").Append(Encoded(value)).Append("</td></tr>");
        html.Append("</table>");
        if (message.Link is not null)
            html.Append("<p><a href=\"").Append(Encoded(message.Link)).Append("\">").Append(Encoded(message.LinkText)).Append("</a></p>");
        return html.Append("</body></html>").ToString();
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
