using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace SloPortal.Application.Common;

/// <summary>The section <c>Smtp</c> of the configuration.</summary>
public sealed class SmtpSettings
{
    /// <summary>Without it the portal sends no mail.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender: an address, or "SloPortal &lt;slo@example.com&gt;".</summary>
    public string From { get; set; } = "SloPortal <sloportal@localhost>";

    /// <summary>False speaks plain text, for a relay on this machine; otherwise TLS as the port and the server have it.</summary>
    public bool Tls { get; set; } = true;
}

/// <summary>Sends mail by SMTP.</summary>
public sealed class Mailer(IOptions<SmtpSettings> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public bool IsConfigured => !string.IsNullOrWhiteSpace(options.Value.Host);

    /// <summary>Returns when the server has taken the mail.</summary>
    /// <exception cref="InvalidOperationException">Mail is not configured.</exception>
    /// <exception cref="IOException">The server cannot be reached; other exceptions of MailKit tell what it refused.</exception>
    /// <param name="html">The same again as HTML; null sends plain text only.</param>
    /// <param name="id">Makes the Message-Id, so that the same mail sent twice is known as one; null makes a new one.</param>
    /// <param name="headers">Further ones, in ASCII. They go out on one line and as they are: folded or encoded, an address in one is none that mail programs can follow.</param>
    public async Task SendAsync(string to, string subject, string text, CancellationToken ct, string? html = null, Guid? id = null, IEnumerable<(string Name, string Value)>? headers = null)
    {
        var smtp = options.Value;
        if (smtp.Host is not { Length: > 0 } host)
            throw new InvalidOperationException("Mail is not configured: set Smtp__Host.");
        using var message = new MimeMessage
        {
            Subject = subject,
            Body = new BodyBuilder { TextBody = text, HtmlBody = html }.ToMessageBody(),
            From = { MailboxAddress.Parse(smtp.From) },
            To = { MailboxAddress.Parse(to) },
        };
        if (id is { } known)
            message.MessageId = $"{known:N}@{message.From.Mailboxes.First().Domain}";
        foreach (var (name, value) in headers ?? [])
        {
            var header = new Header(name, "");
            header.SetRawValue(Encoding.ASCII.GetBytes($" {value}\r\n"));
            message.Headers.Add(header);
        }
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        await client.ConnectAsync(host, smtp.Port, smtp.Tls ? SecureSocketOptions.Auto : SecureSocketOptions.None, ct);
        if (!string.IsNullOrEmpty(smtp.User))
            await client.AuthenticateAsync(smtp.User, smtp.Password ?? "", ct);
        await client.SendAsync(message, ct);
        await client.DisconnectAsync(quit: true, ct);
    }
}
