using System.Diagnostics;

namespace SloPortal.Data.Common;

/// <summary>What a finished program answered; output and errors are joined, since PostgreSQL's tools use both.</summary>
internal sealed record PrivatePostgresCommand(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Runs a program to its end. A program that cannot be started counts as failed (127, as in a shell).</summary>
    /// <param name="arguments">The program's path and its arguments.</param>
    /// <param name="folder">The working folder; the account that runs the program must be able to enter it.</param>
    /// <param name="ct">Kills the program.</param>
    public static async Task<PrivatePostgresCommand> RunAsync(IReadOnlyList<string> arguments, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // PGDATA, PGPORT and the like of the user's shell belong to other servers.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(ct);
                var errors = process.StandardError.ReadToEndAsync(ct);
                await process.WaitForExitAsync(ct);
                return new PrivatePostgresCommand(process.ExitCode, await output + await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new PrivatePostgresCommand(127, e.Message);
        }
    }
}
