using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Npgsql;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.TestSupport;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>The promise of ingest: what was answered with 2xx is counted exactly once, whenever the portal dies.</summary>
public sealed class KilledPortalTests
{
    private const int Kills = 10;
    private const int Series = 50;

    private static readonly long Start = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000 * 60_000) - 7_200_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_PortalIsKilledTenTimes_CountsEverySampleOnce()
    {
        await using var host = await PortalHost.StartAsync();
        var sli = await host.AddSliAsync();
        var program = Path.Combine(AppContext.BaseDirectory, "sloportal.dll");
        var random = new Random(5);
        var values = new double[Series];
        double expected = 0;
        var scrape = 0;
        byte[]? unanswered = null;
        for (var life = 0; life <= Kills; life++)
        {
            using var portal = await PortalProcess.StartAsync(program, host.ConnectionString, Ct);
            using var client = new HttpClient { BaseAddress = portal.Address };
            client.DefaultRequestHeaders.Authorization = new("Bearer", PortalProcess.AdminToken);
            using var end = new Timer(_ => portal.Kill());
            if (life < Kills)
                end.Change(random.Next(50, 800), Timeout.Infinite);

            // The last life only sends again what nobody answered.
            for (var sent = 0; life < Kills || (unanswered is not null && sent < 100); sent++)
            {
                unanswered ??= Next(scrape++, values, random, ref expected);
                try
                {
                    using var answer = await SendAsync(client, unanswered);
                    if (answer.StatusCode == HttpStatusCode.NoContent)
                        unanswered = null;
                    else
                        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                }
                catch (HttpRequestException)
                {
                    break;
                }
            }
        }

        Assert.Null(unanswered);
        Assert.Equal((expected, expected), await host.CountsOfAsync(sli));
        Assert.Equal(0L, await host.ScalarAsync(
            "SELECT count(*) FROM (SELECT total_sum - sum(total) OVER (PARTITION BY sli_id ORDER BY minute) AS wrong FROM sli_minutes) s WHERE wrong <> 0"));
    }

    private static byte[] Next(int scrape, double[] values, Random random, ref double expected)
    {
        var request = new WriteRequestBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            var next = random.Next(30) == 0 ? random.Next(9) : values[i] + random.Next(9);
            expected += scrape == 0 ? 0 : next >= values[i] ? next - values[i] : next;
            values[i] = next;
            request.Series([("__name__", "requests_total"), ("code", "200"), ("pod", i.ToString(CultureInfo.InvariantCulture))], (Start + (scrape * 500L), next));
        }
        return request.Body();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        return await client.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content, Ct);
    }
}
