using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
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
    internal async Task<string?> TryAsync(ContactChannel channel, string address, PageCall call, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            switch (channel)
            {
                case ContactChannel.Mail:
                    var mail = call.Mail();
                    await mailer.SendAsync(address, mail.Subject, MailMessage.Text(mail), limit.Token, MailMessage.Html(mail), mail.Id);
                    return null;
                case ContactChannel.Push:
                    return await push.TryAsync(address, call, http, limit.Token);
                case ContactChannel.Webhook or ContactChannel.Slack or ContactChannel.Teams or ContactChannel.Mattermost:
                    return await PostAsync(channel, address, call, limit.Token);
                case ContactChannel.Portal:
                default:
                    throw new InvalidOperationException($"{channel} is not sent.");
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"It took longer than {Patience.TotalSeconds:0} seconds.";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return e switch
            {
                { InnerException: AddressRefusedException refused } => refused.Message,
                { InnerException: SocketException socket } => $"It could not be reached: {socket.Message}.",
                SocketException socket => $"It could not be reached: {socket.Message}.",
                _ => e.Message,
            };
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<string?> PostAsync(ContactChannel channel, string address, PageCall call, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(call.Document(channel), PortalJson.Options)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("SloPortal", null));
        request.Headers.Add("Idempotency-Key", call.Id.ToString());
        using var response = await http.SendAsync(request, ct);
        return response.IsSuccessStatusCode ? null : $"It answered {(int)response.StatusCode}; 200 to 299 was expected.";
    }
}
