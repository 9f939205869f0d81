using System.Net;
using System.Net.Http.Headers;
using SloPortal.TestSupport;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>What only the real web server does: it refuses a body before it arrives.</summary>
public sealed class RealServerTests
{
    private const int TooLong = (32 << 20) + 1;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_MoreThan32MiB_Is413WithASentence()
    {
        await using var host = await PortalHost.StartAsync();
        using var portal = await PortalProcess.StartAsync(Path.Combine(AppContext.BaseDirectory, "sloportal.dll"), host.ConnectionString, Ct);
        // A busy machine may take more than the usual second to say no.
        using var patient = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var client = new HttpClient(patient) { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", PortalProcess.AdminToken);

        using var content = new StreamContent(new MemoryStream(new byte[TooLong]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/write") { Content = content };
        // Asked first, the server answers before the body is sent; else its closing of the connection can overtake the answer.
        request.Headers.ExpectContinue = true;
        using var answer = await client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("MiB", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }
}
