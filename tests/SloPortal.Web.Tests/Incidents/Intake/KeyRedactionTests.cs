using Serilog;
using Serilog.Core;
using Serilog.Events;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Web.Common;

namespace SloPortal.Web.Tests.Incidents.Intake;

public sealed class KeyRedactionTests
{
    [Fact]
    public void Log_AddressWithAKey_ShowsItsFirstCharactersOnly()
    {
        var key = SignalKey.Generate();
        var kept = new Kept();
        using var log = new LoggerConfiguration().Enrich.With<KeyRedaction>().WriteTo.Sink(kept).CreateLogger();

        log.Information("{Method} {Path} failed with {@More}", "POST", $"/in/{key}/grafana", new { Url = new[] { $"http://portal/in/{key.ToUpperInvariant()}/grafana" } });

        var line = Assert.Single(kept.Lines);
        var text = line.RenderMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.DoesNotContain(key[8..], text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"/in/{SignalKey.HintOf(key)}…/grafana", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_LinkThatTakesAPage_DoesNotShowWhatProvesIt()
    {
        var kept = new Kept();
        using var log = new LoggerConfiguration().Enrich.With<KeyRedaction>().WriteTo.Sink(kept).CreateLogger();

        log.Information("{Method} {Path}", "POST", "/answer/CfDJ8Ab_c-1/push");

        Assert.Contains("/answer/…/push", Assert.Single(kept.Lines).RenderMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_LinkToAStatusPage_DoesNotShowItsKey()
    {
        var kept = new Kept();
        using var log = new LoggerConfiguration().Enrich.With<KeyRedaction>().WriteTo.Sink(kept).CreateLogger();

        log.Information("{Method} {Path}{Query}", "GET", "/status/partners", "?key=dGhpcyBpcyBhIHNlY3JldCBvZiBzb21lIGxlbmd0aA");

        Assert.Contains("/status/partners\"\"?key=…", Assert.Single(kept.Lines).RenderMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/status/shop/confirm/CfDJ8Ab_c-1", "/status/shop/confirm/…")]
    [InlineData("/status/shop/unsubscribe/CfDJ8Ab_c-1", "/status/shop/unsubscribe/…")]
    [InlineData("/status/shop/subscribers", "/status/shop/subscribers")]
    public void Redact_LinkOfAMailToASubscriber_DoesNotShowWhatProvesIt(string path, string shown) => Assert.Equal(shown, KeyRedaction.Redact(path));

    private sealed class Kept : ILogEventSink
    {
        public List<LogEvent> Lines { get; } = [];

        public void Emit(LogEvent logEvent) => Lines.Add(logEvent);
    }
}
