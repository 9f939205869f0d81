using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Probes;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Probes;

/// <summary>Adds or changes a probe, and tries it before it is saved.</summary>
public sealed partial class ProbePage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Sources", Routes.Sources)];
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "OPTIONS"];

    private IReadOnlyList<FeedableSli> slis = [];
    private IReadOnlyList<ServiceRow> services = [];
    private ProbeKind kind;
    private DnsKind record;
    private bool follow = true;
    private bool hasAuthorization;
    private bool removeAuthorization;
    private string? name = "";
    private string? url = "";
    private string method = "GET";
    private string? statuses = "200-299";
    private string? contains;
    private string? pattern;
    private string? headers;
    private string? authorization;
    private string? dnsName;
    private string? answer;
    private string? server;
    private string? host;
    private string? port;
    private string? send;
    private string? days = "21";
    private string? within;
    private string? every = "60";
    private string? timeout = "10";
    private string? locations = Probe.Portal;
    private string sli = "";
    private string service = "";
    private string? sliName = "Answers from outside";
    private ProbeRun? tried;
    private bool busy;
    private Refusal? refusal;
    private Refusal? denial;

    [Inject] private GetProbe.Handler Get { get; set; } = default!;
    [Inject] private CreateProbe.Handler Create { get; set; } = default!;
    [Inject] private UpdateProbe.Handler Update { get; set; } = default!;
    [Inject] private TryProbe.Handler Try { get; set; } = default!;
    [Inject] private ListFeedableSlis.Handler Slis { get; set; } = default!;
    [Inject] private ListServices.Handler Services { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    /// <summary>The probe to change; null adds one.</summary>
    [Parameter] public int? Id { get; set; }

    private string? Authorization => removeAuthorization ? "" : string.IsNullOrWhiteSpace(authorization) ? null : authorization;

    private IReadOnlyList<string> Locations => (locations ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private ProbeCheck Check => (kind switch
    {
        ProbeKind.Http => new ProbeCheck { Url = url?.Trim(), Method = method, Statuses = Text(statuses), FollowRedirects = follow, Contains = Text(contains), Pattern = Text(pattern), Headers = HeadersOf(headers) },
        ProbeKind.Tcp => new ProbeCheck { Host = host?.Trim(), Port = Number(port), Send = Text(send), Contains = Text(contains) },
        ProbeKind.Dns => new ProbeCheck { DnsName = dnsName?.Trim(), Record = record, Answer = Text(answer), Server = Text(server)?.Trim(), Port = Number(port) },
        _ => new ProbeCheck { Host = host?.Trim(), Port = Number(port), DaysLeft = Number(days) },
    }) with { Kind = kind, WithinMs = Number(within) };

    protected override async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        if (!actor.May(Permission.Administer))
        {
            denial = Denial.Of(actor, Permission.Administer);
            return;
        }
        slis = (await Slis.HandleAsync(new ListFeedableSlis(), actor, default)).Value ?? [];
        services = (await Services.HandleAsync(new ListServices(), actor, default)).Value ?? [];
        if (Id is not { } id)
            return;
        var outcome = await Get.HandleAsync(new GetProbe(id, 0), actor, default);
        denial = outcome.Refusal;
        if (outcome.Value is { } probe)
            Show(probe);
    }

    private void Show(ProbeDetails probe)
    {
        var check = probe.Check;
        (name, kind, follow, hasAuthorization) = (probe.Name, check.Kind, check.FollowRedirects, probe.HasAuthorization);
        (url, method, statuses, contains, pattern) = (check.Url, check.Method ?? "GET", check.Statuses, check.Contains, check.Pattern);
        headers = string.Join('\n', (check.Headers ?? []).Select(h => $"{h.Name}: {h.Value}"));
        (dnsName, record, answer, server) = (check.DnsName, check.Record ?? DnsKind.A, check.Answer, check.Server);
        (host, port, send) = (check.Host, Text(check.Port), check.Send);
        (days, within, every, timeout) = (Text(check.DaysLeft) ?? days, Text(check.WithinMs), Text(probe.EverySeconds), Text(probe.TimeoutSeconds));
        locations = string.Join(", ", probe.Set);
    }

    private async Task SaveAsync()
    {
        if (busy)
            return;
        busy = true;
        var actor = await Current.GetAsync();
        if (Id is { } id)
        {
            refusal = (await Update.HandleAsync(new UpdateProbe(id, name ?? "", Check, Number(every) ?? -1, Number(timeout) ?? -1, Locations, Authorization), actor, default)).Refusal;
            if (refusal is null)
                Navigation.NavigateTo(Routes.Source(id));
        }
        else
        {
            var made = sli.Length == 0 ? new NewSli(service, sliName?.Trim() ?? "") : null;
            var outcome = await Create.HandleAsync(new CreateProbe(name ?? "", Check, Number(sli), made, Number(every) ?? -1, Number(timeout) ?? -1, Locations, Authorization), actor, default);
            refusal = outcome.Refusal;
            if (outcome.Succeeded)
                Navigation.NavigateTo(Routes.Source(outcome.Value));
        }
        busy = false;
    }

    private async Task TryAsync()
    {
        busy = true;
        var outcome = await Try.HandleAsync(new TryProbe(Check, Number(timeout) ?? -1, Authorization, Id), await Current.GetAsync(), default).OrUnanswered();
        (tried, refusal, busy) = (outcome.Value, outcome.Refusal, false);
    }

    private static IEnumerable<(string Label, double? Ms)> PartsOf(ProbeParts parts) =>
        ((string, double?)[])[("DNS", parts.Dns), ("Connect", parts.Connect), ("TLS", parts.Tls), ("First byte", parts.FirstByte), ("Whole", parts.Total)];

    /// <summary>A line without a colon becomes a header without a value, which is then refused with its reason.</summary>
    private static IReadOnlyList<ProbeHeader>? HeadersOf(string? text)
    {
        var lines = (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? null : [.. lines.Select(l => l.Split(':', 2, StringSplitOptions.TrimEntries)).Select(p => new ProbeHeader(p[0], p.Length > 1 ? p[1] : ""))];
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is no number is refused as one out of range; nothing is nothing.</summary>
    private static int? Number(string? text) => string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
