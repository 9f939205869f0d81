using System.Security.Cryptography;
using SloPortal.Application.Access;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>The public half of the key that seals archives.</summary>
/// <param name="Pem">SubjectPublicKeyInfo.</param>
/// <param name="Fingerprint">SHA-256 of its DER form, lower-case hexadecimal.</param>
public sealed record ArchivePublicKey(string Pem, string Fingerprint);

/// <summary>The key of this installation that seals archives.</summary>
public sealed class ArchiveKey(InstallationKeys keys)
{
    private static readonly InstallationKey Wanted = new("archive-signing-key", "SloPortal.ArchiveKey", "archive", "Archive");

    /// <summary>For signing; dispose of it.</summary>
    public Task<ECDsa> OpenAsync(CancellationToken ct) => keys.OpenAsync(Wanted, ct);

    public async Task<ArchivePublicKey> PublicAsync(CancellationToken ct)
    {
        using var key = await OpenAsync(ct);
        return new(key.ExportSubjectPublicKeyInfoPem() + "\n", InstallationKeys.Fingerprint(key));
    }
}
