using System.Net.Sockets;
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
    public async Task<string?> TryAsync(NotificationTarget target, Message message, WebhookDocument document, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(message);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return target.Channel switch
            {
                NotificationChannel.Mail => await MailAsync(target.Address, message, limit.Token),
                NotificationChannel.Webhook => await PostAsync(target, document, limit.Token),
                _ => throw new InvalidOperationException($"Unknown channel {target.Channel}."),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"It took longer than {Patience.TotalSeconds:0} seconds.";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Sentence(e);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<string?> MailAsync(string address, Message message, CancellationToken ct)
    {
        await mailer.SendAsync(address, message.Subject, MailMessage.Text(message), ct, MailMessage.Html(message), message.Id);
        return null;
    }

    private async Task<string?> PostAsync(NotificationTarget target, WebhookDocument document, CancellationToken ct)
    {
        using var request = WebhookMessage.Request(target.Address, document, secrets.Reveal(target.ProtectedSecret));
        using var response = await http.SendAsync(request, ct);
        return response.IsSuccessStatusCode ? null : $"It answered {(int)response.StatusCode}; 200 to 299 was expected.";
    }

    private static string Sentence(Exception e) => e switch
    {
        { InnerException: AddressRefusedException refused } => refused.Message,
        { InnerException: SocketException socket } => $"It could not be reached: {socket.Message}.",
        SocketException socket => $"It could not be reached: {socket.Message}.",
        _ => e.Message,
    };
}
