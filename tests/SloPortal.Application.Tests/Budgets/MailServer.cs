using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MimeKit;

namespace SloPortal.Application.Tests.Budgets;

/// <summary>A real mail server beside the test: tests/smtp, run by Node.js.</summary>
internal sealed class MailServer : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly Process process;
    private readonly ConcurrentQueue<MimeMessage> mails = new();

    private MailServer(Process process, int port)
    {
        this.process = process;
        Port = port;
        _ = ReadAsync();
    }

    public int Port { get; }

    public IReadOnlyCollection<MimeMessage> Mails => mails;

    public (string, string)[] Settings =>
        [("Smtp:Host", "127.0.0.1"), ("Smtp:Port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Smtp:Tls", "false"), ("Smtp:From", "SloPortal <slo@example.com>")];

    public static async Task<MailServer> StartAsync()
    {
        var folder = Folder() ?? throw new InvalidOperationException("The mail server's package is missing. Run scripts/test once; it installs it into artifacts/smtp.");
        var process = Process.Start(new ProcessStartInfo("node", ["server.js"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var first = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mail server did not start.");
        var port = JsonDocument.Parse(first).RootElement.GetProperty("port").GetInt32();
        return new MailServer(process, port);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            Take(line);
    }

    private void Take(string line)
    {
        var raw = JsonSerializer.Deserialize<Taken>(line, Web)!.Raw;
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(raw));
        mails.Enqueue(MimeMessage.Load(stream));
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            foreach (var candidate in new[] { Path.Combine(at.FullName, "artifacts", "smtp"), Path.Combine(at.FullName, "tests", "smtp") })
            {
                if (Directory.Exists(Path.Combine(candidate, "node_modules")))
                    return candidate;
            }
        }

        return null;
    }

    private sealed record Taken(string From, string[] To, string Raw);
}
