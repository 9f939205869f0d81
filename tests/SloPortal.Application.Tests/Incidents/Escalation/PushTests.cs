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
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var secret = RandomNumberGenerator.GetBytes(16);
        var point = Point(browser.ExportParameters(false));
        (await world.Get<AddContactMethod.Handler>().HandleAsync(
            new(ContactChannel.Push, Push: new(service.Address + "/push/1", Base64Url.EncodeToString(point), Base64Url.EncodeToString(secret))), world.First, Ct)).Require();
        await world.CallAsync(world.First);
        await world.FireAsync();

        await world.TickAsync();

        var (body, headers) = Assert.Single(service.Taken);
        Assert.Equal(("aes128gcm", "high"), (headers.ContentEncoding.ToString(), headers["Urgency"].ToString()));
        AssertSigned(headers.Authorization.ToString(), service.Address, (await world.Get<PushKeys>().GetAsync(Ct)).PublicKey);
        using var call = JsonDocument.Parse(Decrypt(body, browser, point, secret));
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
        using var browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        (await world.Get<AddContactMethod.Handler>().HandleAsync(
            new(ContactChannel.Push, Push: new(service.Address, Base64Url.EncodeToString(Point(browser.ExportParameters(false))), Base64Url.EncodeToString(new byte[16]))), world.First, Ct)).Require();
        await world.CallAsync(world.First);
        await world.FireAsync();

        await world.TickAsync();

        Assert.Contains("Switch notifications on again", Assert.Single((await world.Get<ListContactMethods.Handler>().HandleAsync(new(), world.First, Ct)).Require().Ways).LastError, StringComparison.Ordinal);
    }

    private static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    /// <summary>As a browser does it: RFC 8291, section 3, over RFC 8188.</summary>
    private static string Decrypt(byte[] body, ECDiffieHellman browser, byte[] point, byte[] secret)
    {
        var salt = body[..16];
        var senderPoint = body[21..(21 + body[20])];
        using var sender = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = senderPoint[1..33], Y = senderPoint[33..65] } });
        var shared = browser.DeriveRawSecretAgreement(sender.PublicKey);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret, [.. "WebPush: info\0"u8, .. point, .. senderPoint]);
        var content = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 16, salt, [.. "Content-Encoding: aes128gcm\0"u8]);
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 12, salt, [.. "Content-Encoding: nonce\0"u8]);
        var sealedText = body[(21 + body[20])..];
        var plain = new byte[sealedText.Length - 16];
        using var cipher = new AesGcm(content, 16);
        cipher.Decrypt(nonce, sealedText[..^16], sealedText[^16..], plain);
        // A delimiter of 2 ends the last record.
        return Encoding.UTF8.GetString(plain.AsSpan(0, Array.LastIndexOf(plain, (byte)2)));
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
