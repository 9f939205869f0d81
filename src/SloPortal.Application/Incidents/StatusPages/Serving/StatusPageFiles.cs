using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.StatusPages.Serving;

/// <param name="KeyHash">SHA-256 of the secret in the link, in hexadecimal; null where everybody may read.</param>
internal sealed record WrittenPage(string? KeyHash, StatusPageView View);

/// <summary>
/// Status pages as files of this portal, from which alone they are served, so that they answer while the database does not. Each database has a folder
/// of its own; a file is replaced as a whole, so that nobody reads half of one.
/// </summary>
public sealed class StatusPageFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Ending = ".json";

    private readonly string folder;
    private readonly ILogger<StatusPageFiles> logger;

    public StatusPageFiles(NpgsqlDataSource dataSource, IOptions<StatusPageSettings> settings, ILogger<StatusPageFiles> logger)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        ArgumentNullException.ThrowIfNull(settings);
        this.logger = logger;
        var database = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{database.Host}|{database.Port}|{database.Database}"));
        folder = Path.Combine(settings.Value.Place, Convert.ToHexStringLower(name.AsSpan(0, 8)));
    }

    /// <summary>The page, for whoever may read it.</summary>
    /// <param name="key">The secret in the link; null where there is none in it.</param>
    /// <returns>Null for a page that is not there and for a wrong key alike.</returns>
    public async Task<StatusPageView?> ReadAsync(string slug, string? key, CancellationToken ct)
    {
        if (!Slug.IsValid(slug))
            return null;
        try
        {
            var found = JsonSerializer.Deserialize<WrittenPage>(await File.ReadAllTextAsync(PathOf(slug), ct), PortalJson.Options);
            return found is not null && StatusPageRules.Opens(found.KeyHash is { } hash ? Convert.FromHexString(hash) : null, key) ? found.View : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Replaces all pages by these.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal async Task WriteAsync(IReadOnlyList<WrittenPage> written, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        foreach (var one in written)
        {
            // Of its own, since another portal on this machine may write the same page.
            var draft = Path.Combine(folder, $".{one.View.Slug}.{Guid.NewGuid():N}");
            await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(one, PortalJson.Options), ct);
            File.Move(draft, PathOf(one.View.Slug), overwrite: true);
        }
        var kept = written.Select(w => w.View.Slug + Ending).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in Directory.EnumerateFiles(folder, "*" + Ending).Where(f => !kept.Contains(Path.GetFileName(f))))
        {
            File.Delete(gone);
            logger.LogInformation("The status page {Page} is no longer served", Path.GetFileNameWithoutExtension(gone));
        }
    }

    /// <summary>One writer on this machine at a time, so that what was read earlier never replaces what was read later.</summary>
    internal async Task<IDisposable> LockAsync(CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
            }
        }
    }

    private string PathOf(string slug) => Path.Combine(folder, slug + Ending);
}
