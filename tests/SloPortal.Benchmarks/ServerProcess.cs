using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SloPortal.Benchmarks;

/// <summary>A web server as a process of its own, on a port that it chooses and prints.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Processor seconds of the server so far.</summary>
    public double ProcessorSeconds => ProcessorTime.OfTree(process.Id);

    public static async Task<ServerProcess> StartAsync(string assembly, string workingFolder, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, WorkingDirectory = workingFolder };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                // What is written later must be read, or the server waits on a full pipe.
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServerProcess(process, new Uri(match.Groups[1].Value));
            }
        }
        throw new InvalidOperationException($"{assembly} ended before it listened.");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Listening();
}
