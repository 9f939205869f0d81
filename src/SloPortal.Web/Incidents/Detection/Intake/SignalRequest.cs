using System.Globalization;
using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>
/// A request of a sender: whose key it shows, what its body says, and what is written down of a body that could not be taken. An answer of
/// 4xx makes most senders drop what they sent, so it is given for what can never be taken and never for load.
/// </summary>
internal sealed class SignalRequest(
    SignalSourceDirectory sources, SourceHealth health, UnknownKeyThrottle throttle, ReceiveSignals.Handler receive, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNowInMicroseconds();

    /// <summary>Reads the body of a source and gives it to <paramref name="take"/>.</summary>
    /// <param name="key">From the address or the header.</param>
    /// <param name="kind">Of the sources that may send here.</param>
    public async Task<IResult> AnswerAsync(HttpContext http, string? key, SignalSourceKind kind, Func<KnownSource, ReadOnlyMemory<byte>, Task<IResult>> take)
    {
        var source = await sources.FindAsync(key, http.RequestAborted);
        if (source is null)
            return Unknown(http);
        if (source.Kind != kind)
        {
            // To a stranger it looks like a key that nobody has; the team reads what is wrong.
            await ProblemAsync(source, $"Something came to the address for {SourceWords.Word(kind)}; this source is for {SourceWords.Word(source.Kind)}.", http.RequestAborted);
            return Unknown(http);
        }
        try
        {
            return await take(source, await ReadAsync(http.Request, http.RequestAborted));
        }
        catch (JsonException)
        {
            return await RefuseAsync(source, Refusal.Invalid("The body is no JSON, or nested deeper than 64 levels."), http.RequestAborted);
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await ProblemAsync(source, $"A body came that is larger than {RequestLimits.Signals >> 20} MiB. Let the sender put fewer alerts in one.", http.RequestAborted);
            throw;
        }
        catch (InvalidOperationException e) when (e.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            return await RefuseAsync(source, Refusal.Invalid("The body holds a text that is no Unicode."), http.RequestAborted);
        }
    }

    /// <summary>Takes signals as JSON and answers with what became of them.</summary>
    public Task<IResult> TakeAsync(HttpContext http, string? key, SignalSourceKind kind, Func<JsonElement, Outcome<IReadOnlyList<ReceivedSignal>>> read) =>
        AnswerAsync(http, key, kind, async (source, body) =>
        {
            using var document = ReadSignals.Parse(body);
            return await StoreAsync(source, read(document.RootElement), http.RequestAborted);
        });

    public async Task<IResult> StoreAsync(KnownSource source, Outcome<IReadOnlyList<ReceivedSignal>> read, CancellationToken ct)
    {
        if (!read.Succeeded)
            return await RefuseAsync(source, read.Refusal, ct);
        var taken = await receive.HandleAsync(new ReceiveSignals(source, read.Value), source.Actor, ct);
        return taken.Succeeded ? TypedResults.Ok(taken.Value) : await RefuseAsync(source, taken.Refusal, ct);
    }

    /// <summary>Says no, and writes down why on the source's page.</summary>
    public async Task<IResult> RefuseAsync(KnownSource source, Refusal refusal, CancellationToken ct)
    {
        if (refusal.Kind != RefusalKind.Unavailable)
            await ProblemAsync(source, refusal.Message, ct);
        return OutcomeResults.Problem(refusal);
    }

    public Task ProblemAsync(KnownSource source, string sentence, CancellationToken ct) => health.NoteProblemAsync(source, sentence, ct);

    public Task<KnownSource?> FindAsync(string? key, CancellationToken ct) => sources.FindAsync(key, ct);

    /// <summary>Whether an address that showed an unknown key may show another.</summary>
    public bool Admits(HttpContext http) => throttle.Admits(http);

    /// <summary>The key of a header "Authorization: Bearer KEY"; null without one.</summary>
    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    public static IResult TooMany(HttpContext http)
    {
        http.Response.Headers.RetryAfter = 10.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(detail: "Too many requests with a key that is not known here. Wait 10 s.", statusCode: StatusCodes.Status429TooManyRequests);
    }

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream(request.ContentLength is > 0 and <= RequestLimits.Signals and var length ? (int)length : 4096);
        await request.Body.CopyToAsync(body, ct);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private IResult Unknown(HttpContext http) => Admits(http) ? TypedResults.Problem(detail: "There is nothing at this address.", statusCode: StatusCodes.Status404NotFound) : TooMany(http);
}
