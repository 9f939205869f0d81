using System.Diagnostics;
using System.Text;
using Npgsql;

namespace SloPortal.Data.Common;

/// <summary>One cluster on disk: created, started and stopped.</summary>
internal sealed class PrivatePostgresCluster(PrivatePostgresPlace place, bool isVolatile)
{
    /// <summary>A longer path than this does not fit into a socket's address (104 bytes on macOS, 108 on Linux).</summary>
    private const int LongestSocketPath = 99;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestDeath = TimeSpan.FromSeconds(10);

    private readonly string data = Path.Combine(place.Home, "data");
    private readonly string startLog = Path.Combine(place.Home, "start.log");

    private string? chosenSocketFolder;

    private enum ServerState
    {
        Absent,
        Changing,
        Ready,
    }

    /// <summary>Creates the cluster when there is none. It appears under its name only when it is complete and on disk.</summary>
    /// <returns>Whether it was created.</returns>
    public async Task<bool> InitialiseAsync(CancellationToken ct)
    {
        if (File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            return false;
        }

        var unfinished = data + ".new";
        PrivatePostgresCommand answer = new(1, "");

        // "C" is for systems that do not have C.UTF-8, such as older ones of Apple.
        foreach (var locale in (string[])["C.UTF-8", "C"])
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            answer = await place.Account.RunAsync(
                [
                    place.Binaries.InitDb, "--pgdata", unfinished, "--username", PrivatePostgres.User, "--encoding", "UTF8", "--locale", locale,
                    "--auth-local", "trust", "--auth-host", "reject", "--data-checksums", .. isVolatile ? (string[])["--no-sync"] : [],
                ],
                place.Home,
                ct);
            if (answer.Succeeded)
            {
                await File.AppendAllTextAsync(
                    Path.Combine(unfinished, "postgresql.conf"), $"\ninclude '{PrivatePostgresSettings.FileName}'\n", ct);
                Directory.Move(unfinished, data);
                return true;
            }
        }

        throw new PrivatePostgresUnavailableException($"PostgreSQL could not create its data in {data}: {answer.Output.Trim()}");
    }

    /// <summary>Starts the server, or finds it running.</summary>
    /// <returns>Where it listens, and whether it was started now.</returns>
    public async Task<(string SocketFolder, bool Started)> StartAsync(CancellationToken ct)
    {
        var started = false;
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var socketFolder = await ReadSocketFolderAsync(ct);
            switch (socketFolder is null ? ServerState.Absent : await AskAsync(socketFolder, ct))
            {
                case ServerState.Ready:
                    return (socketFolder!, started);
                case ServerState.Changing:
                    await Task.Delay(Poll, ct);
                    break;
                case ServerState.Absent when await LaunchAsync(ct):
                    started = true;
                    break;

                // What is left of a server that was killed holds its memory and its lock file for a moment.
                case ServerState.Absent when patience.Elapsed < LongestDeath:
                    await Task.Delay(Poll, ct);
                    break;
                default:
                    var log = File.Exists(startLog) ? await File.ReadAllTextAsync(startLog, ct) : "";
                    throw new PrivatePostgresUnavailableException($"PostgreSQL did not start in {data}: {log.Trim()}");
            }
        }
    }

    /// <summary>Stops the server quickly and cleanly: connections are closed, everything is on disk.</summary>
    /// <returns>Whether it stopped, and what the tool said.</returns>
    public async Task<PrivatePostgresCommand> StopAsync(CancellationToken ct)
    {
        var socketFolder = await ReadSocketFolderAsync(ct);
        var answer = await place.Account.RunAsync(
            [place.Binaries.PgCtl, "stop", "--pgdata", data, "--mode", "fast", "-w", "-t", "60"], place.Home, ct);
        if (answer.Succeeded && socketFolder is not null && socketFolder != place.Home && Directory.Exists(socketFolder))
        {
            Directory.Delete(socketFolder, recursive: true);
        }

        return answer;
    }

    /// <summary>Runs the server until it takes connections.</summary>
    /// <returns>Whether it does; the reason why not is in the start log.</returns>
    private async Task<bool> LaunchAsync(CancellationToken ct)
    {
        var settings = PrivatePostgresSettings.Write(
            await ChooseSocketFolderAsync(ct), Path.Combine(place.Home, "log"), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, isVolatile);
        await File.WriteAllTextAsync(Path.Combine(data, PrivatePostgresSettings.FileName), settings, ct);
        File.Delete(startLog);
        await place.Account.OwnAsync(place.Home, ct);

        // Recovery after a power failure can take minutes, and the wait ends with the server if that fails.
        var answer = await place.Account.RunAsync(
            [place.Binaries.PgCtl, "start", "--pgdata", data, "--log", startLog, "-w", "-t", "600", "--silent"], place.Home, ct);
        return answer.Succeeded;
    }

    private async Task<string> ChooseSocketFolderAsync(CancellationToken ct)
    {
        var longest = Path.Combine(place.Home, $".s.PGSQL.{PrivatePostgres.Port}.lock");
        if (chosenSocketFolder is null && Encoding.UTF8.GetByteCount(longest) > LongestSocketPath)
        {
            // Created with mode 0700, so nobody else can put a socket of theirs there.
            chosenSocketFolder = Directory.CreateTempSubdirectory("sloportal-").FullName;
            await place.Account.OwnAsync(chosenSocketFolder, ct);
        }

        return chosenSocketFolder ??= place.Home;
    }

    /// <summary>The socket's folder as the last server noted it, on the fifth line of its pid file.</summary>
    private async Task<string?> ReadSocketFolderAsync(CancellationToken ct)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid"), ct);
            return lines.Length > 4 && lines[4].Length > 0 ? lines[4] : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<ServerState> AskAsync(string socketFolder, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(PrivatePostgres.Connect(socketFolder, "postgres", pooling: false));
            await connection.OpenAsync(ct);
            return ServerState.Ready;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return ServerState.Changing;
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            return ServerState.Absent;
        }
    }
}
