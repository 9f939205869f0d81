using System.Globalization;

namespace SloPortal.Domain.Measurement.Probes;

/// <summary>What a probe does.</summary>
public enum ProbeKind
{
    /// <summary>Asks a web address and looks at status, text and time.</summary>
    Http,
    /// <summary>Connects, and may send a text and wait for another.</summary>
    Tcp,
    /// <summary>Asks for a name.</summary>
    Dns,
    /// <summary>Looks how long a certificate is valid.</summary>
    Tls,
}

/// <summary>The records of DNS that a probe asks for.</summary>
public enum DnsKind
{
    A,
    Aaaa,
    Cname,
    Mx,
    Ns,
    Txt,
}

/// <summary>A header of a request; no secret, since it is shown and stored as it is.</summary>
public sealed record ProbeHeader(string Name, string Value);

/// <summary>What is asked and what must come back. Fields of other kinds are left out.</summary>
public sealed record ProbeCheck
{
    /// <summary>The most days for which a certificate can be asked to be valid.</summary>
    public const int MostDays = 398;

    public ProbeKind Kind { get; init; }

    /// <summary>Of HTTP: an http or https address.</summary>
    public string? Url { get; init; }

    /// <summary>Of HTTP; GET where it is left out.</summary>
    public string? Method { get; init; }

    public IReadOnlyList<ProbeHeader>? Headers { get; init; }

    /// <summary>Of HTTP: statuses that are good, such as <c>200-299, 404</c>; 200 to 299 where it is left out.</summary>
    public string? Statuses { get; init; }

    /// <summary>Of HTTP: whether up to five redirects are followed; else a redirect is the answer.</summary>
    public bool FollowRedirects { get; init; } = true;

    /// <summary>Of HTTP: a text that the answer must hold. Of TCP: a text that must come.</summary>
    public string? Contains { get; init; }

    /// <summary>Of HTTP: an expression of <see cref="SafePattern"/> that some part of the answer must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The longest that the whole may take, in milliseconds.</summary>
    public int? WithinMs { get; init; }

    /// <summary>Of TCP and TLS.</summary>
    public string? Host { get; init; }

    /// <summary>Of TCP and TLS; 443 where it is left out for TLS.</summary>
    public int? Port { get; init; }

    /// <summary>Of TCP: a text to send, with <c>\r</c>, <c>\n</c> and <c>\t</c>.</summary>
    public string? Send { get; init; }

    /// <summary>Of DNS: the name that is asked for.</summary>
    public string? DnsName { get; init; }

    public DnsKind? Record { get; init; }

    /// <summary>Of DNS: what must be among the answers; anything where it is left out.</summary>
    public string? Answer { get; init; }

    /// <summary>Of DNS: the server that is asked, by name or address; that of the location where it is left out.</summary>
    public string? Server { get; init; }

    /// <summary>Of TLS: for how many more days the certificate must be valid.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>What is asked, for people.</summary>
    public string Target() => Kind switch
    {
        ProbeKind.Http => $"{Method ?? "GET"} {Url}",
        ProbeKind.Tcp => $"tcp {Host}:{Port}",
        ProbeKind.Dns => $"dns {Record.ToString()!.ToUpperInvariant()} {DnsName}",
        ProbeKind.Tls => $"tls {Host}:{Port ?? 443}",
        _ => throw new InvalidOperationException($"Unknown kind {Kind}."),
    };

    /// <summary>The server to which a secret goes: another one must not get it.</summary>
    public string? Origin() => Kind == ProbeKind.Http && Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null;

    /// <summary>What is wrong with it, by field.</summary>
    public IEnumerable<(string Field, string Sentence)> Problems() => (Kind switch
    {
        ProbeKind.Http => OfHttp(),
        ProbeKind.Tcp => OfTcp(),
        ProbeKind.Dns => OfDns(),
        ProbeKind.Tls => OfTls(),
        _ => [(nameof(Kind), "Choose what the probe does.")],
    }).Concat(WithinMs is null or (>= 1 and <= 60_000) ? [] : [(nameof(WithinMs), "The limit is between 1 and 60,000 ms.")]);

    private IEnumerable<(string, string)> OfHttp()
    {
        if (Url is not { Length: <= 2000 } || !Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
            yield return (nameof(Url), "Give an address that begins with http:// or https:// and holds no password.");
        if (Method is not (null or "GET" or "HEAD" or "POST" or "PUT" or "OPTIONS"))
            yield return (nameof(Method), "The method is GET, HEAD, POST, PUT or OPTIONS.");
        if (!StatusSet.TryParse(Statuses, out _))
            yield return (nameof(Statuses), "Write statuses as 200-299, 404.");
        if (HeaderProblem() is { } header)
            yield return (nameof(Headers), header);
        if (Contains is { Length: > 500 })
            yield return (nameof(Contains), "The text has at most 500 characters.");
        if (!string.IsNullOrEmpty(Pattern) && !SafePattern.TryCreate(Part(Pattern), out _, out var problem))
            yield return (nameof(Pattern), problem);
    }

    private IEnumerable<(string, string)> OfTcp()
    {
        if (!IsHost(Host))
            yield return (nameof(Host), "Give the host, by name or address.");
        if (Port is not (>= 1 and <= 65_535))
            yield return (nameof(Port), "The port is between 1 and 65535.");
        if (Send is { Length: > 2000 })
            yield return (nameof(Send), "The text has at most 2,000 characters.");
        if (Contains is { Length: > 500 })
            yield return (nameof(Contains), "The text has at most 500 characters.");
    }

    private IEnumerable<(string, string)> OfDns()
    {
        if (!IsHost(DnsName))
            yield return (nameof(DnsName), "Give the name that is asked for.");
        if (Record is not { } record || !Enum.IsDefined(record))
            yield return (nameof(Record), "Choose the record.");
        if (Answer is { Length: > 500 })
            yield return (nameof(Answer), "The answer has at most 500 characters.");
        if (!string.IsNullOrEmpty(Server) && !IsHost(Server))
            yield return (nameof(Server), "Give the server by name or address, without a port.");
        if (Port is not (null or (>= 1 and <= 65_535)))
            yield return (nameof(Port), "The port is between 1 and 65535.");
    }

    private IEnumerable<(string, string)> OfTls()
    {
        if (!IsHost(Host))
            yield return (nameof(Host), "Give the host, by name or address.");
        if (Port is not (null or (>= 1 and <= 65_535)))
            yield return (nameof(Port), "The port is between 1 and 65535.");
        if (DaysLeft is not (>= 0 and <= MostDays))
            yield return (nameof(DaysLeft), string.Create(CultureInfo.InvariantCulture, $"Say for how many more days the certificate must be valid, 0 to {MostDays}."));
    }

    private string? HeaderProblem() => Headers switch
    {
        null => null,
        { Count: > 20 } => "At most 20 headers.",
        _ when Headers.Any(h => h is not { Name.Length: > 0 and <= 100, Value.Length: <= 2000 } || h.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) || h.Value.Any(char.IsControl)) =>
            "A header is a name of letters, digits and hyphens, a colon and a value of one line.",
        _ when Headers.FirstOrDefault(h => Secrets.Any(s => h.Name.Contains(s, StringComparison.OrdinalIgnoreCase))) is { } secret =>
            $"The header {secret.Name} may hold a secret, and headers are shown as they are; give it as the Authorization value, which is stored encrypted.",
        _ => null,
    };

    private static readonly string[] Secrets = ["authorization", "cookie", "token", "secret", "password", "api-key", "apikey"];

    /// <summary>The expression as one that matches somewhere in a text.</summary>
    internal static string Part(string pattern) => $".*(?:{pattern}).*";

    private static bool IsHost(string? text) => text is { Length: > 0 and <= 253 } && (Uri.CheckHostName(text) != UriHostNameType.Unknown || text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
}
