using System.Diagnostics;
using System.Text;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>A program that a test runs, with all that it prints; it is killed with the test.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly StringBuilder printed = new();
    private readonly Process process;
    private readonly string name;

    public ChildProcess(string name, ProcessStartInfo start)
    {
        this.name = name;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Log
    {
        get
        {
            lock (printed)
                return printed.ToString();
        }
    }

    /// <summary>The first answer of <paramref name="find"/> to the log, as soon as there is one.</summary>
    /// <exception cref="InvalidOperationException">The program ended first.</exception>
    public Task<T> WaitForLogAsync<T>(string what, Func<string, T?> find, CancellationToken ct)
        where T : class =>
        Eventually.GetAsync($"{name} to print {what}; it printed:\n{Log}", TimeSpan.FromSeconds(60), _ =>
        {
            var found = find(Log);
            return found is null && process.HasExited
                ? throw new InvalidOperationException($"{name} ended with code {process.ExitCode} before it printed {what}:\n{Log}")
                : Task.FromResult(found);
        }, ct);

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
        await File.WriteAllTextAsync(Path.Combine(PortalPlaces.Artifacts, $"{name}.log"), Log);
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        lock (printed)
            printed.AppendLine(e.Data);
    }
}
