using SloPortal.Web.Measurement;

namespace SloPortal.Web.Tests.Measurement;

public sealed class SourceTextTests
{
    [Fact]
    public void Collector_AddressAndToken_IsWhatACollectorReads() => Assert.Equal(
        """
        exporters:
          otlphttp:
            endpoint: https://slo.example.org
            headers:
              Authorization: Bearer slo_secret
        service:
          pipelines:
            metrics:
              exporters: [otlphttp]
        """, SourceText.Collector("https://slo.example.org/", "slo_secret"));

    [Fact]
    public void Sdk_AddressAndToken_IsWhatAnSdkReads() => Assert.Equal(
        """
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=https://slo.example.org/v1/metrics
        OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/protobuf
        OTEL_EXPORTER_OTLP_METRICS_HEADERS=Authorization=Bearer%20slo_secret
        """, SourceText.Sdk("https://slo.example.org/", "slo_secret"));
}
