using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>A key pair that this installation makes for itself.</summary>
/// <param name="Setting">Under which it is kept.</param>
/// <param name="Purpose">Of its encryption; another purpose cannot read it.</param>
/// <param name="Duty">Of the portal, for which it is made, as the audit shows it.</param>
/// <param name="Name">What it is the key of, as the audit shows it.</param>
internal sealed record InstallationKey(string Setting, string Purpose, string Duty, string Name);

/// <summary>
/// Keys of this installation: ECDSA on P-256, each made when it is first needed, kept encrypted in the database so that every portal on it
/// signs alike.
/// </summary>
public sealed class InstallationKeys(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, IDataProtectionProvider provider)
{
    /// <summary>For signing; dispose of it.</summary>
    internal async Task<ECDsa> OpenAsync(InstallationKey wanted, CancellationToken ct)
    {
        var stored = await ReadAsync(wanted, ct);
        if (stored is null)
        {
            await MakeAsync(wanted, ct);
            stored = await ReadAsync(wanted, ct) ?? throw new InvalidOperationException($"The key \"{wanted.Setting}\" was not stored.");
        }
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(provider.CreateProtector(wanted.Purpose).Unprotect(Convert.FromBase64String(stored)), out _);
        return key;
    }

    /// <summary>SHA-256 of the public half in its DER form, lower-case hexadecimal.</summary>
    internal static string Fingerprint(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private async Task<string?> ReadAsync(InstallationKey wanted, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Settings.AsNoTracking().Where(s => s.Key == wanted.Setting).Select(s => s.Value).SingleOrDefaultAsync(ct);
    }

    /// <summary>Refused, and rightly, where another portal was a moment faster.</summary>
    private Task<Outcome<Done>> MakeAsync(InstallationKey wanted, CancellationToken ct) =>
        work.ChangeAsync<InstallationKey, Done>(wanted, Actor.System(wanted.Duty), Permission.Administer, change =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            change.Db.Settings.Add(new PortalSetting { Key = wanted.Setting, Value = Convert.ToBase64String(provider.CreateProtector(wanted.Purpose).Protect(key.ExportPkcs8PrivateKey())) });
            change.Audit($"{wanted.Duty}.key-made", wanted.Duty, "", wanted.Name, new { Fingerprint = Fingerprint(key) });
            return Task.FromResult<Outcome<Done>>(Done.Value);
        }, ct);
}
