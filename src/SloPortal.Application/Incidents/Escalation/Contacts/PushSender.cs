using System.Net;
using System.Text.Json;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.Extensions.Options;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Contacts;

/// <summary>What a browser gives to be called, as its Push API writes it.</summary>
/// <param name="Endpoint">The address of its push service.</param>
/// <param name="P256dh">Its public key, base64url.</param>
/// <param name="Auth">Its secret, base64url.</param>
public sealed record PushSubscriptionGiven(string Endpoint, string P256dh, string Auth);

/// <summary>Hands a call to the push service of a browser, encrypted for that browser alone (RFC 8291).</summary>
public sealed class PushSender(PushKeys keys, IOptions<PortalSettings> portal)
{
    /// <summary>After so long a call is of no use any more to a browser that was away.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    internal async Task<string?> TryAsync(string subscription, PageCall call, GuardedHttp http, CancellationToken ct)
    {
        var given = JsonSerializer.Deserialize<PushSubscriptionGiven>(subscription, PortalJson.Options)!;
        var pair = await keys.GetAsync(ct);
        // Push services ask for a way to reach whoever sends; the address of the portal is one.
        var subject = portal.Value.PublicUrl is { Length: > 0 } url && url.StartsWith("https:", StringComparison.Ordinal) ? url.TrimEnd('/') : "mailto:sloportal@localhost.invalid";
        var client = new PushServiceClient(http.Client) { DefaultAuthentication = new VapidAuthentication(pair.PublicKey, pair.PrivateKey) { Subject = subject }, AutoRetryAfter = false };
        var message = new PushMessage(JsonSerializer.Serialize(call.Document(ContactChannel.Push), PortalJson.Options))
        {
            Urgency = PushMessageUrgency.High,
            TimeToLive = (int)Kept.TotalSeconds,
        };
        var target = new PushSubscription { Endpoint = given.Endpoint };
        target.SetKey(PushEncryptionKeyName.P256DH, given.P256dh);
        target.SetKey(PushEncryptionKeyName.Auth, given.Auth);
        try
        {
            await client.RequestPushMessageDeliveryAsync(target, message, ct);
            return null;
        }
        catch (PushServiceClientException e)
        {
            return e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
                ? "The browser has ended its subscription. Switch notifications on again in it."
                : $"The push service answered {(int)e.StatusCode}; 201 was expected.";
        }
    }
}
