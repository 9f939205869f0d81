using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Contacts;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Domain.Incidents.Escalation;
using static SloPortal.Application.Tests.Incidents.Escalation.PagingWorld;

namespace SloPortal.Application.Tests.Incidents.Escalation;

public sealed class PushTests
{
    [Fact]
    public async Task Send_BrowserSubscribed_ItsPushServiceGetsWhatOnlyThatBrowserReadsSignedByThePortal()
    {
        await using var service = await WebhookReceiver.StartAsync();
        service.Status = 201;
        await using var world = await PagingWorld.CreateAsync();
        using var browser = new PushReader();
        (await world.Get<AddContactMethod.Handler>().HandleAsync(new(ContactChannel.Push, Push: new(service.Address + "/push/1", browser.Key, browser.Secret)), world.First, Ct)).Require();
        await world.CallAsync(world.First);
        await world.FireAsync();

        await world.TickAsync();

        var (body, headers) = Assert.Single(service.Taken);
        Assert.Equal(("aes128gcm", "high"), (headers.ContentEncoding.ToString(), headers["Urgency"].ToString()));
        AssertSigned(headers.Authorization.ToString(), service.Address, (await world.Get<PushKeys>().GetAsync(Ct)).PublicKey);
        using var call = JsonDocument.Parse(browser.Read(body));
        Assert.Equal("Error: disk is full", call.RootElement.GetProperty("title").GetString());
        (await world.Get<AnswerByLink.Handler>().HandleAsync(new(call.RootElement.GetProperty("answer").GetString()!, FromPush: true), Ct)).Require();
        Assert.Equal(AcknowledgedVia.Push, (await world.PageAsync()).AcknowledgedVia);
    }

    [Fact]
    public async Task Send_BrowserHasEndedItsSubscription_TheWaySaysWhatToDo()
    {
        await using var service = await WebhookReceiver.StartAsync();
        service.Status = 410;
        await using var world = await PagingWorld.CreateAsync();
        using var browser = new PushReader();
        (await world.Get<AddContactMethod.Handler>().HandleAsync(new(ContactChannel.Push, Push: new(service.Address, browser.Key, browser.Secret)), world.First, Ct)).Require();
        await world.CallAsync(world.First);
        await world.FireAsync();

        await world.TickAsync();

        Assert.Contains("Switch notifications on again", Assert.Single((await world.Get<ListContactMethods.Handler>().HandleAsync(new(), world.First, Ct)).Require().Ways).LastError, StringComparison.Ordinal);
    }

    /// <summary>RFC 8292: a token for the push service's origin, signed by the key that the browser subscribed with.</summary>
    private static void AssertSigned(string authorization, string address, string publicKey)
    {
        Assert.StartsWith("vapid ", authorization, StringComparison.Ordinal);
        var parts = authorization["vapid ".Length..].Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        Assert.Equal(publicKey, parts["k"].TrimEnd('='));
        var token = parts["t"].Split('.');
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token[1]));
        Assert.Equal("http://" + new Uri(address).Host, claims.RootElement.GetProperty("aud").GetString());
        var point = Base64Url.DecodeFromChars(publicKey);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..65] } });
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256));
    }
}
