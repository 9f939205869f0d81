using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Application.Reviews.Archive.Verifying;

/// <summary>
/// Verifies an exported archive without the portal that made it: the signature over the manifest, and each file against it. Whatever
/// the file is, the answer is a report; it never reads more of an entry than the manifest says there is.
/// </summary>
public static class ArchiveVerifier
{
    /// <summary>A manifest of a million files has some 150 MB.</summary>
    private const int LongestManifest = 256 * 1024 * 1024;

    private const int LongestSeal = 64 * 1024;

    /// <param name="file">The zip; seekable.</param>
    /// <param name="expectedKeyPem">The public key that the portal shows; null takes the one in the archive, which proves only that nothing changed since it was sealed with that.</param>
    public static ArchiveReport Verify(Stream file, string? expectedKeyPem = null)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            return new Check(zip, expectedKeyPem).Run();
        }
        catch (Exception e) when (IsDamage(e))
        {
            return Unreadable("This is no whole zip file; it was cut off or damaged. Get it again.");
        }
    }

    private static ArchiveReport Unreadable(string sentence) => new(0, "", null, null, null, [new(ArchiveFault.Unreadable, "", sentence)]);

    /// <summary>What the libraries throw at bytes that are not what they should be.</summary>
    private static bool IsDamage(Exception e) => e is InvalidDataException or IOException or NotSupportedException or ArgumentException
        or JsonException or CryptographicException or OverflowException or IndexOutOfRangeException or InvalidOperationException;

    private sealed class Check(ZipArchive zip, string? expectedKeyPem)
    {
        private readonly List<ArchiveFinding> findings = [];
        private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

        public ArchiveReport Run()
        {
            foreach (var entry in zip.Entries)
            {
                if (entry.FullName.EndsWith('/'))
                    continue;
                if (!entries.TryAdd(entry.FullName, entry))
                    Find(ArchiveFault.Added, entry.FullName, "is there twice; only one of them can be what was exported");
            }
            if (Read(ArchiveManifest.FileName, LongestManifest) is not { } manifestBytes || ParseManifest(manifestBytes) is not { } manifest)
                return Unreadable("This zip has no manifest of a SloPortal archive, or one that cannot be read. Choose the file that the portal exported.");
            var fingerprint = CheckSignature(manifestBytes);
            var whole = CheckFiles(manifest);
            return new ArchiveReport(whole, fingerprint, manifest.CreatedAt, manifest.CreatedBy, manifest.Postmortems, findings);
        }

        private static ArchiveManifest? ParseManifest(byte[] bytes)
        {
            try
            {
                var manifest = JsonSerializer.Deserialize<ArchiveManifest>(bytes, PortalJson.Options);
                return manifest is { Format: ArchiveManifest.CurrentFormat, Files: not null } && manifest.Files.All(f => f is { Path.Length: > 0, Sha256: not null, Size: >= 0 }) ? manifest : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        /// <returns>The fingerprint of the key in the archive.</returns>
        private string CheckSignature(byte[] manifest)
        {
            if (Read(ArchiveManifest.PublicKeyName, LongestSeal) is not { } pem || Import(Encoding.UTF8.GetString(pem)) is not { } enclosed)
            {
                Find(ArchiveFault.SignatureDiffers, ArchiveManifest.PublicKeyName, "is missing or no public key, so the signature proves nothing");
                enclosed = null;
            }
            using (enclosed)
            {
                var fingerprint = enclosed is null ? "" : Convert.ToHexStringLower(SHA256.HashData(enclosed.ExportSubjectPublicKeyInfo()));
                using var expected = expectedKeyPem is null ? null : Import(expectedKeyPem);
                if (expectedKeyPem is not null && (expected is null || !expected.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(enclosed?.ExportSubjectPublicKeyInfo() ?? [])))
                    Find(ArchiveFault.KeyDiffers, ArchiveManifest.PublicKeyName, "is not the key that was given: another portal, or somebody else, sealed this");
                if ((expected ?? enclosed) is { } key && (Read(ArchiveManifest.SignatureName, LongestSeal) is not { } signature || !IsSigned(key, manifest, signature)))
                    Find(ArchiveFault.SignatureDiffers, ArchiveManifest.FileName, "does not carry a valid signature: the manifest was altered, or its signature");
                return fingerprint;
            }
        }

        private static bool IsSigned(ECDsa key, byte[] manifest, byte[] signature)
        {
            try
            {
                return key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            }
            catch (CryptographicException)
            {
                return false;
            }
        }

        private static ECDsa? Import(string pem)
        {
            var key = ECDsa.Create();
            try
            {
                key.ImportFromPem(pem);
                return key;
            }
            catch (Exception e) when (e is ArgumentException or CryptographicException)
            {
                key.Dispose();
                return null;
            }
        }

        private int CheckFiles(ArchiveManifest manifest)
        {
            var whole = 0;
            var listed = new HashSet<string>(StringComparer.Ordinal);
            foreach (var file in manifest.Files)
            {
                if (!listed.Add(file.Path))
                    continue;
                if (!entries.TryGetValue(file.Path, out var entry))
                    Find(ArchiveFault.Removed, file.Path, "was removed: the manifest lists it");
                else if (!Holds(entry, file))
                    Find(ArchiveFault.Altered, file.Path, "was altered: it is not what the manifest says");
                else
                    whole++;
            }
            foreach (var path in entries.Keys.Where(p => !listed.Contains(p) && !ArchiveManifest.IsSeal(p)))
                Find(ArchiveFault.Added, path, "was added: the manifest does not list it");
            return whole;
        }

        private static bool Holds(ZipArchiveEntry entry, ManifestFile file)
        {
            try
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                using var content = entry.Open();
                var buffer = new byte[81920];
                long read = 0;
                // A bomb ends here: not a byte more than was listed is unpacked.
                while (read <= file.Size && content.Read(buffer, 0, (int)Math.Min(buffer.Length, file.Size - read + 1)) is > 0 and var count)
                {
                    hash.AppendData(buffer, 0, count);
                    read += count;
                }
                return read == file.Size && Convert.ToHexStringLower(hash.GetHashAndReset()).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase);
            }
            catch (Exception e) when (IsDamage(e))
            {
                return false;
            }
        }

        private byte[]? Read(string path, int atMost)
        {
            if (!entries.TryGetValue(path, out var entry))
                return null;
            try
            {
                using var content = entry.Open();
                using var copy = new MemoryStream();
                var buffer = new byte[81920];
                while (content.Read(buffer) is > 0 and var count)
                {
                    if (copy.Length + count > atMost)
                        return null;
                    copy.Write(buffer, 0, count);
                }
                return copy.ToArray();
            }
            catch (Exception e) when (IsDamage(e))
            {
                return null;
            }
        }

        private void Find(ArchiveFault fault, string path, string sentence) => findings.Add(new ArchiveFinding(fault, path, sentence));
    }
}
