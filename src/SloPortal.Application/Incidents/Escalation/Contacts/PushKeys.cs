using System.Buffers.Text;
using SloPortal.Application.Access;

namespace SloPortal.Application.Incidents.Escalation.Contacts;

/// <summary>The key pair with which the portal names itself to push services (VAPID, RFC 8292), each half in base64url.</summary>
/// <param name="PublicKey">The uncompressed point on P-256, 65 bytes; a browser subscribes with it.</param>
/// <param name="PrivateKey">32 bytes.</param>
public sealed record PushKeyPair(string PublicKey, string PrivateKey);

/// <summary>The portal's own push keys. No relay or account elsewhere is needed.</summary>
public sealed class PushKeys(InstallationKeys keys)
{
    private static readonly InstallationKey Wanted = new("push-keys", "SloPortal.PushKeys", "push", "Push keys");

    private PushKeyPair? known;

    public async Task<PushKeyPair> GetAsync(CancellationToken ct)
    {
        if (known is not null)
            return known;
        using var key = await keys.OpenAsync(Wanted, ct);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        return known = new(Base64Url.EncodeToString([4, .. parameters.Q.X!, .. parameters.Q.Y!]), Base64Url.EncodeToString(parameters.D!));
    }
}
