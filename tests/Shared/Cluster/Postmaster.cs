using System.Diagnostics;
using System.Globalization;

namespace SloPortal.TestSupport.Cluster;

/// <summary>Ends a PostgreSQL as a crash does: every connection breaks at once, and the next start has to recover.</summary>
internal static class Postmaster
{
    /// <param name="folder">The data folder below which the one server keeps its files.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task QuitAsync(string folder, CancellationToken ct)
    {
        var pidFile = Directory.GetFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        var pid = int.Parse((await File.ReadAllLinesAsync(pidFile, ct))[0], CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(pid);
        using var kill = Process.Start("kill", ["-QUIT", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
        await server.WaitForExitAsync(ct);
    }
}
