using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SloPortal.Web.Common;

namespace SloPortal.Web.Tests.Common;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData(null, "127.0.0.1", true)]
    [InlineData(null, "10.1.0.9", false)]
    [InlineData("10.1.0.9", "10.1.0.9", true)]
    [InlineData("10.2.0.1, 10.1.0.0/24", "10.1.0.9", true)]
    [InlineData("10.2.0.1, 10.1.0.0/24", "10.1.1.9", false)]
    public async Task Apply_RequestOverAProxy_IsBelievedWhereItIsNamed(string? named, string proxy, bool believed)
    {
        var options = new ForwardedHeadersOptions();
        TrustedProxies.Apply(options, named);
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(proxy) } };
        context.Request.Headers["X-Forwarded-For"] = "198.51.100.7";
        context.Request.Headers["X-Forwarded-Proto"] = "https";

        await new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Options.Create(options)).Invoke(context);

        Assert.Equal(believed ? "198.51.100.7" : proxy, context.Connection.RemoteIpAddress!.ToString());
        Assert.Equal(believed, context.Request.IsHttps);
    }

    [Fact]
    public void Apply_NoAddress_SaysWhichAndWhatToDo() =>
        Assert.Contains("names balancer,", Assert.Throws<InvalidOperationException>(() => TrustedProxies.Apply(new ForwardedHeadersOptions(), "10.0.0.5, balancer")).Message, StringComparison.Ordinal);
}
