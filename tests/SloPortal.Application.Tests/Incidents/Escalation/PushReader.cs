using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SloPortal.Application.Tests.Incidents.Escalation;

/// <summary>The keys of a subscription, and what a browser does with them when a message comes.</summary>
internal sealed class PushReader : IDisposable
{
    private readonly ECDiffieHellman keys = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] point;

    public PushReader()
    {
        var q = keys.ExportParameters(false).Q;
        point = [4, .. q.X!, .. q.Y!];
    }

    /// <summary>"p256dh" of the subscription, base64url.</summary>
    public string Key => Base64Url.EncodeToString(point);

    /// <summary>"auth" of the subscription, base64url.</summary>
    public string Secret => Base64Url.EncodeToString(secret);

    /// <summary>The text of a message: RFC 8291, section 3, over RFC 8188.</summary>
    public string Read(byte[] body)
    {
        var salt = body[..16];
        var senderPoint = body[21..(21 + body[20])];
        using var sender = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = senderPoint[1..33], Y = senderPoint[33..65] } });
        var shared = keys.DeriveRawSecretAgreement(sender.PublicKey);
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

    public void Dispose() => keys.Dispose();
}
