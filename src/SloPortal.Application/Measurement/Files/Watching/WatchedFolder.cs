using System.Diagnostics.CodeAnalysis;

namespace SloPortal.Application.Measurement.Files.Watching;

/// <summary>A folder below the root. Links are not followed, so nothing outside is ever read.</summary>
internal sealed class WatchedFolder
{
    private readonly string path;

    private WatchedFolder(string path) => this.path = path;

    /// <summary>The folder, or why there is none.</summary>
    public static bool TryOpen(string? root, string folder, [NotNullWhen(true)] out WatchedFolder? found, [NotNullWhen(false)] out string? problem)
    {
        found = null;
        if (string.IsNullOrWhiteSpace(root))
        {
            problem = "No folder can be watched on this machine: set Files:WatchedRoot to the folder below which they lie.";
            return false;
        }
        var parts = folder.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || Path.IsPathRooted(folder) || parts.Any(p => p is "." or ".." || p.Contains('\0')))
        {
            problem = "Name a folder below the watched root, such as shop/logs.";
            return false;
        }
        var path = Path.GetFullPath(root);
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (new DirectoryInfo(path) is not { Exists: true, LinkTarget: null })
            {
                problem = $"There is no folder {string.Join('/', parts)} below the watched root, or it is a link, which is not followed.";
                return false;
            }
        }
        problem = null;
        found = new WatchedFolder(path);
        return true;
    }

    /// <summary>The files that can be read, the oldest first. Hidden ones and those that are still being written somewhere are left out.</summary>
    public IReadOnlyList<FileInfo> Files() =>
        [.. new DirectoryInfo(path).EnumerateFiles()
            .Where(f => f is { LinkTarget: null, Length: > 0 } && !f.Name.StartsWith('.') && !f.Name.EndsWith(".tmp", StringComparison.Ordinal) && !f.Name.EndsWith(".part", StringComparison.Ordinal))
            .OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal)];

    /// <summary>Opens a file of the folder by its name.</summary>
    /// <exception cref="FileNotFoundException">It has gone or is a link.</exception>
    public FileStream Open(string name)
    {
        var file = new FileInfo(Path.Combine(path, Path.GetFileName(name)));
        return file is { Exists: true, LinkTarget: null }
            ? new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : throw new FileNotFoundException("it has gone.");
    }
}
