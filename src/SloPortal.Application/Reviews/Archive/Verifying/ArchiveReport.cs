namespace SloPortal.Application.Reviews.Archive.Verifying;

public enum ArchiveFault
{
    /// <summary>It is no archive of this portal, or is damaged so that it cannot be read.</summary>
    Unreadable,
    /// <summary>The manifest was altered, or signed with another key.</summary>
    SignatureDiffers,
    /// <summary>The key in the archive is not the one that was expected.</summary>
    KeyDiffers,
    Altered,
    Removed,
    Added,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Path">The file concerned; empty for the archive as a whole.</param>
public sealed record ArchiveFinding(ArchiveFault Fault, string Path, string Sentence);

/// <summary>What a verification found.</summary>
/// <param name="Files">Files whose hash holds.</param>
/// <param name="KeyFingerprint">SHA-256 of the public key in the archive (DER), lower-case hexadecimal; empty where it has none.</param>
/// <param name="CreatedAt">As the manifest says; null where it could not be read.</param>
public sealed record ArchiveReport(int Files, string KeyFingerprint, DateTimeOffset? CreatedAt, string? CreatedBy, int? Postmortems, IReadOnlyList<ArchiveFinding> Findings)
{
    public bool IsWhole => Findings.Count == 0;
}
