namespace SloPortal.Domain.Reviews.Archive;

/// <summary>What an exported archive holds: every file but the manifest itself, its signature and the public key.</summary>
/// <param name="Format">"sloportal-archive/1".</param>
/// <param name="CreatedBy">Who asked for it.</param>
/// <param name="Selection">What was asked for, in words.</param>
/// <param name="Postmortems">How many there are.</param>
public sealed record ArchiveManifest(string Format, DateTimeOffset CreatedAt, string CreatedBy, string Selection, int Postmortems, IReadOnlyList<ManifestFile> Files)
{
    public const string CurrentFormat = "sloportal-archive/1";

    public const string FileName = "manifest.json";
    public const string SignatureName = "manifest.json.sig";
    public const string PublicKeyName = "public-key.pem";
    public const string SumsName = "SHA256SUMS";

    /// <summary>The files that the manifest cannot hold the hash of.</summary>
    public static bool IsSeal(string path) => path is FileName or SignatureName or PublicKeyName;
}

/// <param name="Path">From the root of the archive, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record ManifestFile(string Path, long Size, string Sha256);
