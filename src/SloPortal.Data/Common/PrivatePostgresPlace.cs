using System.Globalization;
using System.Runtime.Versioning;

namespace SloPortal.Data.Common;

/// <summary>
/// Where a cluster lives and who runs it: <c>&lt;data folder&gt;/postgres-&lt;major&gt;</c>, mode 0700, with the server's <c>data</c> and
/// beside it its socket, its logs and the portals' locks.
/// </summary>
/// <param name="Home">The cluster's own folder, which exists.</param>
/// <param name="Binaries">The programs of the version that wrote the data or will write it.</param>
/// <param name="Account">The account that owns the folder and runs the server.</param>
internal sealed record PrivatePostgresPlace(string Home, PrivatePostgresBinaries Binaries, PrivatePostgresAccount Account)
{
    /// <summary>Serves root where its own home is closed to the account that the server has to run as.</summary>
    private const string SystemFolder = "/var/lib/sloportal";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string StartLock => Path.Combine(Home, "start.lock");

    public string UseLock => Path.Combine(Home, "use.lock");

    /// <summary>Finds the place and prepares its folder.</summary>
    /// <exception cref="PrivatePostgresUnavailableException">There is none; the message says what to do.</exception>
    [UnsupportedOSPlatform("windows")]
    public static async Task<PrivatePostgresPlace> PrepareAsync(PrivatePostgresOptions options, CancellationToken ct)
    {
        var (folder, chosen) = options.ResolveDataFolder();
        var place = await FindAsync(options.PostgresBin, folder, ct);
        var above = NearestExisting(Path.GetDirectoryName(folder) ?? "/");
        if (!await place.Account.CanEnterAsync(above, ct))
        {
            if (chosen)
            {
                throw new PrivatePostgresUnavailableException(
                    $"PostgreSQL does not run as root, and the account it runs as cannot enter {above}: "
                    + $"set SLOPORTAL_DATA to another folder, such as {SystemFolder}, or run the portal as another account.");
            }

            folder = SystemFolder;
            place = await FindAsync(options.PostgresBin, folder, ct);
        }

        await place.CreateAsync(folder, ct);
        return place;
    }

    private static async Task<PrivatePostgresPlace> FindAsync(string? bin, string dataFolder, CancellationToken ct)
    {
        var binaries = await PrivatePostgresBinaries.FindAsync(bin, dataFolder, ct);
        var home = Path.Combine(dataFolder, string.Create(CultureInfo.InvariantCulture, $"postgres-{binaries.Major}"));
        return new PrivatePostgresPlace(home, binaries, await PrivatePostgresAccount.ChooseAsync(home, ct));
    }

    /// <summary>Makes the folders. Those that exist above the cluster's own keep their owner and, where possible, their mode.</summary>
    [UnsupportedOSPlatform("windows")]
    private async Task CreateAsync(string dataFolder, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(dataFolder, OwnerOnly);
            Directory.CreateDirectory(Home, OwnerOnly);
            File.SetUnixFileMode(Home, OwnerOnly);

            // They exist before the folder is given away, so that each account that may run the portal can open them.
            PrivatePostgresLock.Create(StartLock);
            PrivatePostgresLock.Create(UseLock);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PrivatePostgresUnavailableException(
                $"This account may not write to {Home}: run the portal as the folder's owner, or set SLOPORTAL_DATA to another folder.", e);
        }

        await Account.OwnAsync(Home, ct);
        if (!await Account.CanEnterAsync(Home, ct))
        {
            // To pass through, not to look into; the cluster's own folder stays closed.
            File.SetUnixFileMode(
                dataFolder, File.GetUnixFileMode(dataFolder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    private static string NearestExisting(string folder)
    {
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder) ?? "/";
        }

        return folder;
    }
}
