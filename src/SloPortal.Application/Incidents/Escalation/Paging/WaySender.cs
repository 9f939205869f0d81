using Microsoft.Extensions.Options;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Contacts;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>Hands a call to a way once, and says in a sentence why that failed.</summary>
public sealed class WaySender(Mailer mailer, PushSender push, IOptions<NotificationSettings> settings) : IDisposable
{
    /// <summary>Longest that one try takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly GuardedHttp http = new(new(settings.Value.AllowPrivateAddresses, settings.Value.AllowedHosts), Patience);

    /// <param name="address">As the person gave it, in clear.</param>
    /// <returns>Null when the way has taken it.</returns>
    internal Task<string?> TryAsync(ContactChannel channel, string address, PageCall call, CancellationToken ct) => OneTry.RunAsync(limit => channel switch
    {
        ContactChannel.Mail => MailMessage.SendAsync(mailer, address, call.Mail(), limit),
        ContactChannel.Push => push.TryAsync(address, call, http, limit),
        ContactChannel.Webhook or ContactChannel.Slack or ContactChannel.Teams or ContactChannel.Mattermost =>
            WebhookMessage.SendAsync(http, address, call.Document(channel), call.Id, secret: null, limit),
        _ => throw new InvalidOperationException($"{channel} is not sent."),
    }, Patience, ct);

    public void Dispose() => http.Dispose();
}
