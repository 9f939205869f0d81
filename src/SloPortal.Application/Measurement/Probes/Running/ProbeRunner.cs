using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using DnsClient;
using SloPortal.Application.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Running;

/// <summary>Runs a probe once, and tells what failed: the service, or the prober.</summary>
public sealed class ProbeRunner(ProbeNetwork network, TimeProvider clock)
{
    /// <summary>Never throws: whatever happens is a run.</summary>
    /// <param name="check">What is asked.</param>
    /// <param name="authorization">Value of the Authorization header; only its own server gets it.</param>
    /// <param name="patience">The longest that it takes.</param>
    /// <param name="rules">Which addresses may be reached.</param>
    /// <param name="ct">The prober stops.</param>
    public async Task<ProbeRun> RunAsync(ProbeCheck check, string? authorization, TimeSpan patience, OutgoingRules rules, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(check);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        var watch = new ProbeWatch();
        try
        {
            var facts = check.Kind switch
            {
                ProbeKind.Http => await HttpProbe.AskAsync(network, check, authorization, rules, watch, limit.Token),
                ProbeKind.Tcp => await TcpProbe.AskAsync(network, check, rules, watch, limit.Token),
                ProbeKind.Dns => await DnsProbe.AskAsync(network, check, rules, patience, watch, limit.Token),
                ProbeKind.Tls => await TlsProbe.AskAsync(network, check, rules, watch, limit.Token),
                _ => throw new InvalidOperationException($"Unknown kind {check.Kind}."),
            };
            var (parts, now) = (watch.Parts, clock.GetUtcNow());
            var problem = facts.Problem(check, parts.Total!.Value, now);
            return new ProbeRun(problem is null ? ProbeOutcome.Good : ProbeOutcome.Failed, problem ?? facts.Praise(check, parts.Total.Value, now), parts, facts.Status, facts.CertificateEnds, watch.Address);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            return new ProbeRun(ProbeOutcome.NotMeasured, "The prober was stopped during the run.", watch.Parts);
        }
        catch (Exception e)
        {
            var parts = watch.Parts;
            return await OwnFaultAsync(e, watch.Phase, check) is { } own
                ? new ProbeRun(ProbeOutcome.NotMeasured, own, parts)
                : new ProbeRun(ProbeOutcome.Failed, Sentence(e, watch.Phase, check, patience), parts, Address: watch.Address);
        }
    }

    private async Task<string?> OwnFaultAsync(Exception e, ProbePhase phase, ProbeCheck check)
    {
        if (Within<AddressRefusedException>(e) is { } refused)
            return refused.Message;
        if (Within<SocketException>(e) is { } socket && OutgoingGuard.HasNoWay(socket))
            return "This location has no route to the address.";
        var isUnanswered = (phase == ProbePhase.Dns && (e is OperationCanceledException || Within<SocketException>(e)?.SocketErrorCode is SocketError.TryAgain or SocketError.NoRecovery))
            || (check is { Kind: ProbeKind.Dns, Server: null or "" } && e is DnsResponseException or OperationCanceledException);
        return isUnanswered && !await network.ResolvesAnythingAsync() ? "No name can be resolved at this location, so its own network or resolver is at fault." : null;
    }

    private static string Sentence(Exception e, ProbePhase phase, ProbeCheck check, TimeSpan patience) => e switch
    {
        OperationCanceledException => string.Create(CultureInfo.InvariantCulture, $"It took longer than {patience.TotalSeconds:0.#} s; it was {At(phase)}."),
        DnsResponseException => "The name server did not answer.",
        _ when Within<AuthenticationException>(e) is { } tls => $"TLS could not be agreed on: {tls.Message}",
        _ when Within<SocketException>(e) is { } failed => failed.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData => "The name does not exist.",
            SocketError.TryAgain => "The name could not be resolved, while others can.",
            SocketError.ConnectionRefused => "The connection was refused.",
            SocketError.ConnectionReset => "The connection was broken off.",
            _ => $"It could not be reached: {failed.Message}.",
        },
        HttpIOException => "It ended the connection before it had answered.",
        HttpRequestException { InnerException: IOException } => "It ended the connection before it had answered.",
        _ => e.Message.EndsWith('.') ? e.Message : e.Message + ".",
    };

    private static string At(ProbePhase phase) => phase switch
    {
        ProbePhase.Dns => "resolving the name",
        ProbePhase.Connect => "connecting",
        ProbePhase.Tls => "agreeing on TLS",
        ProbePhase.Rest => "reading the answer",
        _ => "waiting for the answer",
    };

    private static T? Within<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
        }
        return null;
    }
}
