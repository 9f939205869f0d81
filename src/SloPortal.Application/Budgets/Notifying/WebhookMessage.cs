using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Notifying;

/// <summary>
/// The JSON document that a webhook receives; docs/webhooks.md describes it. New fields may be added, none changes its meaning.
/// </summary>
public sealed record WebhookDocument(
    Guid Id, string Event, string Text, string? Link, string Team, WebhookObjective? Objective = null, WebhookAlert? Alert = null);

public sealed record WebhookObjective(string Service, string Slug, string Name, decimal TargetPercent, string Window, double? BudgetLeft, string Unit);

public sealed record WebhookAlert(
    Guid Id, AlertSeverity Severity, DateTimeOffset FiredAt, DateTimeOffset? ResolvedAt, double Factor, WebhookWindow Long, WebhookWindow Short);

public sealed record WebhookWindow(int Minutes, double Burn, double Bad, double Total);

/// <summary>Hands a document to a webhook, signed when there is a secret.</summary>
internal static class WebhookMessage
{
    public const string SignatureHeader = "SloPortal-Signature";

    public static WebhookDocument Document(MessageFacts facts)
    {
        var alert = facts.Alert;
        return new(
            facts.NotificationId, facts.Event == NotificationEvent.Fired ? "alert.fired" : "alert.resolved", Message.Of(facts).Sentence, facts.Link, facts.Team,
            new(facts.ServiceSlug, facts.ObjectiveSlug, facts.Objective, facts.TargetPercent, facts.Window, facts.LeftShareNow, facts.Unit),
            new(alert.Id, alert.Severity, alert.FiredAt, alert.ResolvedAt, alert.Factor,
                Window(alert.LongWindow, alert.LongBurn, alert.LongGood, alert.LongTotal), Window(alert.ShortWindow, alert.ShortBurn, alert.ShortGood, alert.ShortTotal)));
    }

    /// <param name="id">The same for every try, so that the receiver can drop what it has already.</param>
    /// <param name="secret">Signs the body; null signs nothing.</param>
    /// <returns>Null when it was taken, or a sentence that says why not.</returns>
    public static async Task<string?> SendAsync(GuardedHttp http, string address, object document, Guid id, string? secret, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(document, PortalJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("SloPortal", null));
        request.Headers.Add("Idempotency-Key", id.ToString());
        if (secret is not null)
            request.Headers.Add(SignatureHeader, Signature(body, secret));
        using var response = await http.SendAsync(request, ct);
        return response.IsSuccessStatusCode ? null : $"It answered {(int)response.StatusCode}; 200 to 299 was expected.";
    }

    /// <summary>"sha256=" and the HMAC-SHA256 of the body in hexadecimal.</summary>
    public static string Signature(ReadOnlySpan<byte> body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static WebhookWindow Window(TimeSpan window, double burn, double good, double total) =>
        new((int)window.TotalMinutes, burn, new EventCounts(good, total).Bad, total);
}
