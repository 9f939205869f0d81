using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>
/// Writes an archive into one stream, file by file, noting the hash of each; sealed at the end by the manifest, its signature and the
/// public key. Nothing but the notes is kept in memory.
/// </summary>
internal sealed class ArchiveZip : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new(PortalJson.Options) { WriteIndented = true };

    private readonly ZipArchive zip;
    private readonly DateTimeOffset createdAt;
    private readonly List<ManifestFile> files = [];

    /// <param name="target">Need not be seekable; it stays open.</param>
    public ArchiveZip(Stream target, DateTimeOffset createdAt)
    {
        zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        this.createdAt = createdAt;
    }

    public Task AddTextAsync(string path, string text, CancellationToken ct) => AddAsync(path, Encoding.UTF8.GetBytes(text), ct);

    public Task AddJsonAsync<T>(string path, T value, CancellationToken ct) => AddAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, Readable), ct);

    public async Task AddAsync(string path, byte[] content, CancellationToken ct)
    {
        await WriteAsync(path, content, ct);
        files.Add(new ManifestFile(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
    }

    /// <summary>Adds the list of sums for <c>sha256sum -c</c>, then manifest, signature and key. Nothing can be added afterwards.</summary>
    public async Task SealAsync(string createdBy, string selection, int postmortems, ECDsa key, CancellationToken ct)
    {
        // Paths come from codes and cleaned names, so no line needs escaping.
        await AddTextAsync(ArchiveManifest.SumsName, string.Concat(files.Select(f => $"{f.Sha256}  {f.Path}\n")), ct);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new ArchiveManifest(ArchiveManifest.CurrentFormat, createdAt, createdBy, selection, postmortems, files), Readable);
        await WriteAsync(ArchiveManifest.FileName, manifest, ct);
        // DER is the form that openssl reads.
        await WriteAsync(ArchiveManifest.SignatureName, key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), ct);
        await WriteAsync(ArchiveManifest.PublicKeyName, Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n"), ct);
    }

    public async ValueTask DisposeAsync() => await zip.DisposeAsync();

    private async Task WriteAsync(string path, byte[] content, CancellationToken ct)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = createdAt;
        await using var stream = await entry.OpenAsync(ct);
        await stream.WriteAsync(content, ct);
    }
}
