using SloPortal.Web.Home;

namespace SloPortal.Web.Tests.Home;

public sealed class PrometheusConfigurationTests
{
    [Fact]
    public void For_AddressAndToken_IsWhatPrometheusReads() => Assert.Equal(
        """
        remote_write:
          - url: https://slo.example.org/api/v1/write
            authorization:
              credentials: slo_secret
        """, PrometheusConfiguration.For("https://slo.example.org/", "slo_secret"));
}
