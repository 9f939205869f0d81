using System.Diagnostics;

namespace SloPortal.TestSupport;

/// <summary>The real program as a process of its own, so that it can be killed and measured.</summary>
internal sealed class PortalProcess : IDisposable
{
    public const string AdminToken = "slop_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly Process process;
    private readonly List<string?> output = [];

    private PortalProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="program">Path of sloportal.dll.</param>
    /// <param name="connectionString">Its database.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="port">The port on which an earlier one listened; any where it is left out.</param>
    /// <param name="settings">Further environment variables.</param>
    public static async Task<PortalProcess> StartAsync(string program, string connectionString, CancellationToken ct, int? port = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var portal = Launch(program, connectionString, port, settings);
        await portal.AnswersAsync(ct);
        return portal;
    }

    /// <summary>Starts it and does not wait.</summary>
    public static PortalProcess Launch(string program, string connectionString, int? port = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var address = new Uri($"http://127.0.0.1:{port ?? FreePort.Take()}");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(program)! };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["ConnectionStrings__Portal"] = connectionString;
        start.Environment["SLOPORTAL_ADMIN_EMAIL"] = "ada@example.com";
        start.Environment["SLOPORTAL_ADMIN_PASSWORD"] = "correct horse battery";
        start.Environment["SLOPORTAL_ADMIN_TOKEN"] = AdminToken;
        start.Environment["Serilog__MinimumLevel__Default"] = "Warning";
        start.Environment["RateLimits__IngestPerMinute"] = "100000000";
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        return new PortalProcess(Process.Start(start)!, address);
    }

    /// <summary>Ends it as kill -9 does: it runs nothing more.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    private async Task AnswersAsync(CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var tries = 0; ; tries++)
        {
            if (process.HasExited || tries > 600)
            {
                if (!process.HasExited)
                    process.Kill();
                throw new InvalidOperationException("The portal did not start: " + string.Join(Environment.NewLine, output));
            }
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative), ct);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(100, ct);
        }
    }

    private void Keep(string? line)
    {
        lock (output)
            output.Add(line);
    }
}
