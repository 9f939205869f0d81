using System.Net;
using System.Net.Http.Headers;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

public sealed class FullQueueTests
{
    [Theory]
    [InlineData("/api/v1/write", "application/x-protobuf", "snappy")]
    [InlineData("/v1/metrics", "application/x-protobuf", null)]
    public async Task Post_NothingMoreMayWait_IsPutOffBeforeTheBodyIsRead(string path, string type, string? encoding)
    {
        await using var portal = await PortalHost.StartAsync(("Ingest:QueuedSamples", "0"));
        using var client = portal.WithToken();
        // Whoever read it would answer 400.
        using var content = new ByteArrayContent([0xFF, 0xFF, 0xFF]);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);

        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(2, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains("More samples wait", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
