using Microsoft.Extensions.Options;
using SloPortal.Application.Common;
using SloPortal.Domain.Budgets;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>Hands a message to a target once, and says in a sentence why that failed.</summary>
public sealed class TargetSender(Mailer mailer, TargetSecrets secrets, IOptions<NotificationSettings> settings) : IDisposable
{
    /// <summary>Longest that one try takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GuardedHttp http = new(new(settings.Value.AllowPrivateAddresses, settings.Value.AllowedHosts), Patience);

    /// <returns>Null when the target has taken it.</returns>
    public Task<string?> TryAsync(NotificationTarget target, Message message, WebhookDocument document, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(message);
        return OneTry.RunAsync(limit => target.Channel switch
        {
            NotificationChannel.Mail => MailMessage.SendAsync(mailer, target.Address, message, limit),
            NotificationChannel.Webhook => WebhookMessage.SendAsync(http, target.Address, document, document.Id, secrets.Reveal(target.ProtectedSecret), limit),
            _ => throw new InvalidOperationException($"Unknown channel {target.Channel}."),
        }, Patience, ct);
    }

    public void Dispose() => http.Dispose();
}
