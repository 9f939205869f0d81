namespace SloPortal.Domain.Measurement.Files;

/// <summary>A log format that many programs write.</summary>
/// <param name="Name">For a list.</param>
/// <param name="Example">A line of it.</param>
/// <param name="Pattern">Its pattern.</param>
/// <param name="Time">How its time is written.</param>
/// <param name="Column">The column that usually says whether an event is good; null where there is none.</param>
public sealed record KnownPattern(string Name, string Example, string Pattern, TimeForm Time, string? Column);

/// <summary>
/// The ready-made ones. Formats: httpd.apache.org/docs/2.4/logs.html (common, combined), nginx.org/en/docs/http/ngx_http_log_module.html
/// (combined), RFC 3164 section 4 and RFC 5424 section 6.
/// </summary>
public static class KnownPatterns
{
    private const string Common =
        """^(?<host>\S+) (?<ident>\S+) (?<user>\S+) \[(?<time>[^\]]+)\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>\d{3}) (?<bytes>\d+|-)""";

    public static IReadOnlyList<KnownPattern> All { get; } =
    [
        new("Apache or nginx, combined",
            """192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.1" 200 2326 "https://example.com/" "Mozilla/5.0" """.TrimEnd(),
            Common + """ "(?<referer>(?:[^"\\]|\\.)*)" "(?<agent>(?:[^"\\]|\\.)*)" """.TrimEnd(), TimeForm.WebLog, "status"),
        new("Apache or nginx, common", """192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.1" 200 2326""", Common, TimeForm.WebLog, "status"),
        new("Syslog, RFC 5424", "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 - message",
            """^<(?<priority>\d{1,3})>\d{1,2} (?<time>\S+) (?<host>\S+) (?<app>\S+) (?<process>\S+) (?<msgid>\S+) (?<data>-|\[.*\])(?: (?<message>.*))?$""", TimeForm.Iso, "message"),
        new("Syslog, RFC 3164", "<34>Oct 11 22:14:15 mymachine su: 'su root' failed",
            """^(?:<(?<priority>\d{1,3})>)?(?<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (?<host>\S+) (?<app>[^:\[\s]+)(?:\[(?<process>\d+)\])?: ?(?<message>.*)$""", TimeForm.Syslog, "message"),
    ];
}
