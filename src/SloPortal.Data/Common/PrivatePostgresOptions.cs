namespace SloPortal.Data.Common;

/// <summary>Where the private PostgreSQL finds its binaries and keeps its data.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>The folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>; null looks for it in the usual places.</summary>
    public string? PostgresBin { get; init; }

    /// <summary>The portal's data folder; null is <c>SLOPORTAL_DATA</c> or the user's own data folder.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The database that the connection string names. It is created when absent.</summary>
    public string Database { get; init; } = "sloportal";

    /// <summary>For data that may be lost: the server neither syncs nor waits for the disk. Never for a real portal.</summary>
    public bool Volatile { get; init; }

    /// <summary>The absolute path of the data folder, and whether somebody chose it.</summary>
    internal (string Path, bool Chosen) ResolveDataFolder()
    {
        var chosen = string.IsNullOrWhiteSpace(DataFolder) ? Environment.GetEnvironmentVariable("SLOPORTAL_DATA") : DataFolder;
        if (!string.IsNullOrWhiteSpace(chosen))
        {
            return (Path.GetFullPath(chosen), true);
        }

        var users = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return users.Length > 0
            ? (Path.Combine(users, "sloportal"), false)
            : throw new PrivatePostgresUnavailableException(
                "This account has no home folder; set SLOPORTAL_DATA to a folder in which the portal may keep its data.");
    }
}
