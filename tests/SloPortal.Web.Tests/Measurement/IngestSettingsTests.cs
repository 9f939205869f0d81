using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>The section Ingest of the settings.</summary>
public sealed class IngestSettingsTests
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_SomeAreGiven_OthersKeepTheirUsualValue()
    {
        await using var portal = await PortalHost.StartAsync(
            ("Ingest:QueuedRequests", "17"), ("Ingest:CheckpointEvery", "00:02:00"), ("Ingest:OldestSample", "90.00:00:00"),
            ("Ingest:Series:MaxUnread", "5"), ("Ingest:Labels:MaxLabels", "12"), ("Ingest:RemoteWrite:MaxSamples", "300"));
        var settings = portal.Services.GetRequiredService<IngestSettings>();
        var usual = new IngestSettings();

        Assert.Equal((17, usual.QueuedSamples), (settings.QueuedRequests, settings.QueuedSamples));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromDays(90)), (settings.CheckpointEvery, settings.OldestSample));
        Assert.Equal(new SeriesLimits(MaxUnread: 5), settings.Series);
        Assert.Equal(usual.Labels with { MaxLabels = 12 }, settings.Labels);
        Assert.Equal(usual.RemoteWrite with { MaxSamples = 300 }, settings.RemoteWrite);
    }

    [Fact]
    public async Task Settings_NoneAreGiven_AreTheUsualOnes()
    {
        await using var portal = await PortalHost.StartAsync();

        Assert.Equivalent(new IngestSettings(), portal.Services.GetRequiredService<IngestSettings>(), strict: true);
    }

    [Fact]
    public async Task Write_MoreWaitsThanMay_Is503WithRetryAfterAndASentence()
    {
        await using var portal = await PortalHost.StartAsync(("Ingest:QueuedRequests", "1"));
        using var client = portal.WithToken();
        using var first = await SendAsync(client, 0);
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);

        await using var other = new NpgsqlConnection(portal.ConnectionString);
        await other.OpenAsync(Ct);
        await using var held = await other.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("SELECT FROM ingest_head FOR UPDATE", other))
            await hold.ExecuteNonQueryAsync(Ct);

        // One is with the writer, one may wait; of the rest at least one is turned away.
        var sent = Enumerable.Range(1, 6).Select(i => SendAsync(client, i)).ToList();
        using (var busy = await await Task.WhenAny(sent))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
            Assert.NotNull(busy.Headers.RetryAfter);
            Assert.Contains("send them again", await busy.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        await held.RollbackAsync(Ct);
        Assert.Contains(await Task.WhenAll(sent), answer => answer.StatusCode == HttpStatusCode.NoContent);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, int scrape)
    {
        using var content = new ByteArrayContent(new WriteRequestBuilder().Series([("__name__", "requests_total")], (Now - 60_000 + (scrape * 1000), scrape)).Body());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        return await client.PostAsync("/api/v1/write", content, Ct);
    }
}
