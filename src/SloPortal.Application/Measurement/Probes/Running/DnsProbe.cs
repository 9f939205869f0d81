using System.Net;
using DnsClient;
using DnsClient.Protocol;
using SloPortal.Application.Common;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Measurement.Probes.Running;

/// <summary>Asks for a name, past every cache of this machine.</summary>
internal static class DnsProbe
{
    private const int UsualPort = 53;

    public static async Task<ProbeFacts> AskAsync(ProbeNetwork network, ProbeCheck check, OutgoingRules rules, TimeSpan patience, ProbeWatch watch, CancellationToken ct)
    {
        // A server that somebody names meets the guard; that of the machine was chosen by whoever runs it.
        var servers = string.IsNullOrEmpty(check.Server) ? null : await network.ResolveAsync(rules, check.Server, watch, ct);
        var options = servers is null ? new LookupClientOptions() : new LookupClientOptions([.. servers.Select(s => new IPEndPoint(s, check.Port ?? UsualPort))]);
        options.UseCache = false;
        options.Retries = 0;
        options.Timeout = patience;
        options.ThrowDnsErrors = false;
        options.ContinueOnDnsError = false;
        watch.Enter(ProbePhase.Answer);
        var answer = await new LookupClient(options).QueryAsync(check.DnsName!, TypeOf(check.Record!.Value), cancellationToken: ct);
        watch.Enter(ProbePhase.Rest);
        watch.Address = answer.NameServer?.Address;
        return answer.HasError
            ? new ProbeFacts { AnswerProblem = answer.Header.ResponseCode == DnsHeaderResponseCode.NotExistentDomain ? $"The name {check.DnsName} does not exist." : $"The server answered with an error: {answer.ErrorMessage}." }
            : new ProbeFacts { Answers = [.. answer.Answers.Select(TextOf).OfType<string>()] };
    }

    private static QueryType TypeOf(DnsKind kind) => kind switch
    {
        DnsKind.A => QueryType.A,
        DnsKind.Aaaa => QueryType.AAAA,
        DnsKind.Cname => QueryType.CNAME,
        DnsKind.Mx => QueryType.MX,
        DnsKind.Ns => QueryType.NS,
        DnsKind.Txt => QueryType.TXT,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string? TextOf(DnsResourceRecord record) => record switch
    {
        AddressRecord address => address.Address.ToString(),
        CNameRecord name => name.CanonicalName.Value.TrimEnd('.'),
        MxRecord mail => mail.Exchange.Value.TrimEnd('.'),
        NsRecord server => server.NSDName.Value.TrimEnd('.'),
        TxtRecord text => string.Concat(text.Text),
        _ => null,
    };
}
