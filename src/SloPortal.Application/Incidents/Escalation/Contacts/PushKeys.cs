using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Contacts;

/// <summary>The key pair with which the portal names itself to push services (VAPID, RFC 8292), each half in base64url.</summary>
/// <param name="PublicKey">The uncompressed point on P-256, 65 bytes; a browser subscribes with it.</param>
/// <param name="PrivateKey">32 bytes.</param>
public sealed record PushKeyPair(string PublicKey, string PrivateKey);

/// <summary>
/// The portal's own push keys: made when they are first needed, kept encrypted in the database so that every portal on it signs alike. No
/// relay or account elsewhere is needed.
/// </summary>
public sealed class PushKeys(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, IDataProtectionProvider provider)
{
    private const string SettingKey = "push-keys";

    private readonly IDataProtector protector = provider.CreateProtector("SloPortal.PushKeys");
    private PushKeyPair? known;

    public async Task<PushKeyPair> GetAsync(CancellationToken ct)
    {
        if (known is not null)
            return known;
        var stored = await ReadAsync(ct);
        if (stored is null)
        {
            await MakeAsync(ct);
            stored = await ReadAsync(ct) ?? throw new InvalidOperationException("The push keys were not stored.");
        }
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(protector.Unprotect(Convert.FromBase64String(stored)), out _);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        return known = new(Base64Url.EncodeToString([4, .. parameters.Q.X!, .. parameters.Q.Y!]), Base64Url.EncodeToString(parameters.D!));
    }

    private async Task<string?> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Settings.AsNoTracking().Where(s => s.Key == SettingKey).Select(s => s.Value).SingleOrDefaultAsync(ct);
    }

    /// <summary>Refused, and rightly, where another portal was a moment faster.</summary>
    private Task<Outcome<Done>> MakeAsync(CancellationToken ct) =>
        work.ChangeAsync<string, Done>(SettingKey, Actor.System("pager"), Permission.Administer, change =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            change.Db.Settings.Add(new PortalSetting { Key = SettingKey, Value = Convert.ToBase64String(protector.Protect(key.ExportPkcs8PrivateKey())) });
            change.Audit("push.keys-made", "push", "", "Push keys");
            return Task.FromResult<Outcome<Done>>(Done.Value);
        }, ct);
}
