using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>The public half of the key that seals archives.</summary>
/// <param name="Pem">SubjectPublicKeyInfo.</param>
/// <param name="Fingerprint">SHA-256 of its DER form, lower-case hexadecimal.</param>
public sealed record ArchivePublicKey(string Pem, string Fingerprint);

/// <summary>
/// The key of this installation that seals archives: ECDSA on P-256, made when it is first needed, kept encrypted in the database so
/// that every portal on it signs alike.
/// </summary>
public sealed class ArchiveKey(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, IDataProtectionProvider provider)
{
    private const string SettingKey = "archive-signing-key";

    private readonly IDataProtector protector = provider.CreateProtector("SloPortal.ArchiveKey");

    /// <summary>For signing; dispose of it.</summary>
    public async Task<ECDsa> OpenAsync(CancellationToken ct)
    {
        var stored = await ReadAsync(ct);
        if (stored is null)
        {
            await MakeAsync(ct);
            stored = await ReadAsync(ct) ?? throw new InvalidOperationException("The key that seals archives was not stored.");
        }
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(protector.Unprotect(Convert.FromBase64String(stored)), out _);
        return key;
    }

    public async Task<ArchivePublicKey> PublicAsync(CancellationToken ct)
    {
        using var key = await OpenAsync(ct);
        return new(key.ExportSubjectPublicKeyInfoPem() + "\n", Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())));
    }

    private async Task<string?> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Settings.AsNoTracking().Where(s => s.Key == SettingKey).Select(s => s.Value).SingleOrDefaultAsync(ct);
    }

    /// <summary>Refused, and rightly, where another portal was a moment faster.</summary>
    private Task<Outcome<Done>> MakeAsync(CancellationToken ct) =>
        work.ChangeAsync<string, Done>(SettingKey, Actor.System("archive"), Permission.Administer, change =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            change.Db.Settings.Add(new PortalSetting { Key = SettingKey, Value = Convert.ToBase64String(protector.Protect(key.ExportPkcs8PrivateKey())) });
            change.Audit("archive.key-made", "archive", "", "Archive", new { Fingerprint = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())) });
            return Task.FromResult<Outcome<Done>>(Done.Value);
        }, ct);
}
