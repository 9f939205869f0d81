using System.Security.Cryptography;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using MimeKit;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Mail;

/// <summary>What a mail says.</summary>
/// <param name="MessageId">Its own name; a hash of the mail where it has none.</param>
/// <param name="Thread">The names of the mails that it answers, the nearest first.</param>
/// <param name="Subject">Without "Re:" and without the word that it is resolved.</param>
internal sealed record ReadMail(string MessageId, IReadOnlyList<string> Thread, string Subject, bool IsResolved, string? Text, string From, SignalSeverity Severity)
{
    /// <summary>The labels by which a later mail finds the episode.</summary>
    public const string MessageLabel = "message_id";
    public const string FromLabel = "from";

    /// <summary>The message as a signal of a known episode, or of its own.</summary>
    public SignalReading As(string key) => new(
        IsResolved ? SignalWord.IsResolved : SignalWord.Fires, key, Subject, Severity, SignalText.Labels([new(FromLabel, From), new(MessageLabel, MessageId)]), Text);
}

internal static partial class MailReader
{
    /// <exception cref="FormatException">It is no mail.</exception>
    public static ReadMail Read(byte[] raw)
    {
        using var stream = new MemoryStream(raw);
        using var mail = MimeMessage.Load(stream);
        var subject = Answer().Replace(mail.Subject ?? "", "").Trim();
        var resolved = Resolved().Match(subject);
        var id = string.IsNullOrWhiteSpace(mail.MessageId) ? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(raw))}" : mail.MessageId;
        return new ReadMail(
            id, [.. new[] { mail.InReplyTo }.Concat(mail.References.Reverse()).Where(r => !string.IsNullOrWhiteSpace(r)).Distinct()!],
            SignalText.Title(resolved.Success ? subject[resolved.Length..] : subject, "A mail without a subject"), resolved.Success,
            SignalText.Description(mail.TextBody ?? (mail.HtmlBody is { } html ? TextOf(html) : null)), SignalText.Clean(mail.From.Mailboxes.FirstOrDefault()?.Address ?? "unknown", 254),
            mail.Importance switch { MessageImportance.High => SignalSeverity.Critical, MessageImportance.Low => SignalSeverity.Info, _ => SignalSeverity.Error });
    }

    private static string TextOf(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        foreach (var hidden in document.QuerySelectorAll("script, style, head"))
            hidden.Remove();
        return BlankLines().Replace(document.DocumentElement.TextContent, "\n\n");
    }

    [GeneratedRegex(@"^(\s*(re|aw|fwd?|wg)\s*:)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Answer();

    [GeneratedRegex(@"^(\[resolved(:[^\]]*)?\]|resolved\b)[\s:,-]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Resolved();

    [GeneratedRegex(@"\s*\n\s*\n\s*", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLines();
}
