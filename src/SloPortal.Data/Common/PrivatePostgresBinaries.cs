using System.Globalization;
using System.Text.RegularExpressions;

namespace SloPortal.Data.Common;

/// <summary>A folder with the programs of one PostgreSQL server, and its major version.</summary>
internal sealed partial record PrivatePostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest major version that the portal's statements need.</summary>
    public const int OldestMajor = 15;

    private const string Install =
        "install PostgreSQL 15 or later (Debian and Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server; "
        + "macOS: brew install postgresql), or set ConnectionStrings__Portal to a database of yours.";

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    private static readonly string[] HomebrewPrefixes = ["/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew"];

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>
    /// Finds the binaries to use with this data folder. Data that is already there decides: an upgrade of the machine must not
    /// make the portal start empty beside its data, so the version that wrote it wins over a newer one.
    /// </summary>
    /// <exception cref="PrivatePostgresUnavailableException">Nothing suitable is installed.</exception>
    public static async Task<PrivatePostgresBinaries> FindAsync(string? chosen, string dataFolder, CancellationToken ct)
    {
        var written = WrittenMajors(dataFolder);
        var found = new List<PrivatePostgresBinaries>();
        var folders = string.IsNullOrWhiteSpace(chosen) ? await CandidatesAsync(ct) : [Path.GetFullPath(chosen)];
        foreach (var folder in folders.Distinct().Where(IsComplete))
        {
            var binaries = new PrivatePostgresBinaries(folder, await ReadMajorAsync(folder, ct));
            if (binaries.Major >= OldestMajor && (written.Count == 0 || binaries.Major == written.Max()))
            {
                return binaries;
            }

            found.Add(binaries);
        }

        var usable = found.Where(f => f.Major >= OldestMajor).ToList();
        if (usable.Count == 0)
        {
            var problem = !string.IsNullOrWhiteSpace(chosen) ? $"No PostgreSQL {OldestMajor} or later was found in {chosen}"
                : found.Count > 0 ? $"PostgreSQL {found.Max(f => f.Major)} is installed and too old"
                : "No PostgreSQL was found on this machine";
            throw new PrivatePostgresUnavailableException($"{problem}: {Install}");
        }

        return usable.Where(f => written.Contains(f.Major)).MaxBy(f => f.Major)
            ?? throw new PrivatePostgresUnavailableException(
                $"The data in {dataFolder} was written by PostgreSQL {written.Max()}, and only version {usable[0].Major} was found: "
                + $"install PostgreSQL {written.Max()} again, or set SLOPORTAL_DATA to an empty folder to start anew.");
    }

    private static List<int> WrittenMajors(string dataFolder) => !Directory.Exists(dataFolder) ? [] :
    [
        .. Directory.EnumerateDirectories(dataFolder, "postgres-*")
            .Where(d => File.Exists(Path.Combine(d, "data", "PG_VERSION")))
            .Select(d => d[(d.LastIndexOf('-') + 1)..])
            .Where(major => int.TryParse(major, CultureInfo.InvariantCulture, out _))
            .Select(major => int.Parse(major, CultureInfo.InvariantCulture)),
    ];

    private static async Task<IEnumerable<string>> CandidatesAsync(CancellationToken ct)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var candidates = new List<string>();
        if (path.Select(p => Path.Combine(p, "pg_config")).FirstOrDefault(File.Exists) is { } pgConfig)
        {
            var answer = await PrivatePostgresCommand.RunAsync([pgConfig, "--bindir"], "/", ct);
            candidates.Add(answer.Output.Trim());
        }

        candidates.AddRange(path);
        candidates.AddRange(NewestFirst("/usr/lib/postgresql", "*", ""));
        candidates.AddRange(NewestFirst("/usr", "pgsql-*", ""));
        foreach (var prefix in HomebrewPrefixes)
        {
            candidates.AddRange(NewestFirst(prefix, "postgresql*", "opt"));
        }

        return candidates;
    }

    /// <summary>The <c>bin</c> folders below root whose parent's name matches, the highest version first.</summary>
    private static IEnumerable<string> NewestFirst(string root, string pattern, string below)
    {
        var parent = Path.Combine(root, below);
        return !Directory.Exists(parent) ? [] : Directory.EnumerateDirectories(parent, pattern)
            .OrderByDescending(d => int.TryParse(Digits().Match(Path.GetFileName(d)).Value, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .Select(d => Path.Combine(d, "bin"));
    }

    private static bool IsComplete(string folder) => folder.Length > 0 && Programs.All(p => File.Exists(Path.Combine(folder, p)));

    private static async Task<int> ReadMajorAsync(string folder, CancellationToken ct)
    {
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "postgres (PostgreSQL) 19beta1"
        var answer = await PrivatePostgresCommand.RunAsync([Path.Combine(folder, "postgres"), "--version"], "/", ct);
        return int.TryParse(Digits().Match(answer.Output).Value, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
