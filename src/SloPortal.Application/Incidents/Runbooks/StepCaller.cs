using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Common;
using SloPortal.Domain.Incidents.Runbooks;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>What the webhook of a step receives; docs/webhooks.md describes it. It names the incident by its code alone, since an incident may be restricted.</summary>
/// <param name="Id">Of the run.</param>
/// <param name="Service">Slug.</param>
/// <param name="AskedBy">Null where the portal runs it by itself.</param>
/// <param name="ApprovedBy">Null where nobody has to.</param>
public sealed record StepDocument(Guid Id, string Event, string Incident, string Service, string Step, StepKind Kind, string? AskedBy, string? ApprovedBy, DateTimeOffset At);

/// <summary>Calls the webhook of a step once, by the rules of outgoing calls that notifications follow, and says what came of it.</summary>
internal sealed class StepCaller(RunbookSecrets secrets, IOptions<NotificationSettings> settings) : IDisposable
{
    private readonly GuardedHttp http = new(new(settings.Value.AllowPrivateAddresses, settings.Value.AllowedHosts), TimeSpan.FromSeconds(RunbookStep.LongestTimeout * 2));

    public async Task<StepAnswer> CallAsync(RunbookStep step, StepDocument document, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(step.Timeout);
        try
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(document, PortalJson.Options);
            using var request = new HttpRequestMessage(HttpMethod.Post, step.Address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("SloPortal", null));
            request.Headers.Add("Idempotency-Key", document.Id.ToString());
            if (secrets.Reveal(step.ProtectedSecret) is { } secret)
                request.Headers.Add(WebhookMessage.SignatureHeader, WebhookMessage.Signature(body, secret));
            using var response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var text = await BeginningAsync(response, limit.Token);
            return response.IsSuccessStatusCode
                ? new(StepRunState.Succeeded, (int)response.StatusCode, text, null)
                : new(StepRunState.Failed, (int)response.StatusCode, text, string.Create(CultureInfo.InvariantCulture, $"It answered {(int)response.StatusCode}; 200 to 299 was expected."));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(StepRunState.TimedOut, null, null, string.Create(CultureInfo.InvariantCulture, $"It did not answer within {step.TimeoutSeconds} s. {StepAnswer.MayHaveRun}"));
        }
        catch (OperationCanceledException)
        {
            return new(StepRunState.Unknown, null, null, "The portal that ran it was stopped. " + StepAnswer.MayHaveRun);
        }
#pragma warning disable CA1031 // Whatever went wrong, people are told of it; the call is not made again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(e);
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>What could not connect cannot have run; what broke later may have.</summary>
    private static StepAnswer Failed(Exception e) => e switch
    {
        { InnerException: AddressRefusedException refused } => new(StepRunState.Failed, null, null, refused.Message),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError, InnerException: var inner } =>
            new(StepRunState.Failed, null, null, $"It could not be reached: {(inner as SocketException ?? e).Message.TrimEnd('.')}."),
        HttpRequestException or IOException => new(StepRunState.Unknown, null, null, $"The connection broke after it was called: {e.Message.TrimEnd('.')}. {StepAnswer.MayHaveRun}"),
        _ => new(StepRunState.Failed, null, null, $"It could not be called: {e.Message.TrimEnd('.')}."),
    };

    /// <summary>No more than is kept is read, however long the answer is. Null of an empty one.</summary>
    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[StepAnswer.LongestText];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        // A character that was cut, and one that the database or a page cannot hold, is left out.
        var text = new string([.. Encoding.UTF8.GetString(bytes, 0, read).Where(c => c is '\n' or '\t' || !(char.IsControl(c) || char.IsSurrogate(c) || c == '�'))]).Trim();
        return text.Length == 0 ? null : text;
    }
}
