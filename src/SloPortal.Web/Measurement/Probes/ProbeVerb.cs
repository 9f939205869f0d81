using System.Globalization;
using System.Runtime.InteropServices;
using SloPortal.Application.Measurement.Probes.Running;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Probes;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Probes;

/// <summary>Runs the probes of another location until it is stopped. Exit code 0 then, 2 when it cannot begin.</summary>
internal sealed class ProbeVerb : IVerb
{
    private const string Usage = "Usage: sloportal probe --location NAME --portal URL [--token-file FILE] [--buffer FOLDER]; the token comes from SLOPORTAL_TOKEN without a file.";

    public string Name => "probe";

    public string Summary => "--location NAME --portal URL: runs the probes of a location and sends what they measure";

    public bool NeedsPortal => false;

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var (settings, problem) = await ReadAsync(arguments, ct);
        if (settings is null)
        {
            await output.WriteLineAsync(problem);
            return 2;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            using var buffer = AgentBuffer.Open(settings.Buffer);
            using var portal = new AgentPortal(settings.Portal, settings.Location, settings.Token);
            await output.WriteLineAsync($"Probing from {settings.Location} for {settings.Portal}; what waits to be sent is kept in {settings.Buffer}.");
            await new ProbeAgent(settings.Location, new ProbeRunner(new ProbeNetwork(), TimeProvider.System), portal, buffer, TimeProvider.System, Say).RunAsync(stop.Token);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"What is measured cannot be kept in {settings.Buffer}: {e.Message}");
            return 2;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        void Say(string sentence)
        {
            lock (output)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {sentence}"));
                output.Flush();
            }
        }
    }

    private static async Task<(AgentSettings? Settings, string? Problem)> ReadAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var given = new Dictionary<string, string>();
        for (var i = 1; i < arguments.Count; i += 2)
        {
            if (arguments[i] is not ("--location" or "--portal" or "--token-file" or "--buffer") || i + 1 == arguments.Count || !given.TryAdd(arguments[i], arguments[i + 1]))
                return (null, Usage);
        }
        if (!given.TryGetValue("--location", out var location) || !given.TryGetValue("--portal", out var address))
            return (null, Usage);
        if (!Slug.IsValid(location) || location == Probe.Portal)
            return (null, $"{Slug.Rule} The location portal is the portal itself.");
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var portal) || portal.Scheme is not ("http" or "https"))
            return (null, "Give the address of the portal, such as https://portal.example.com.");
        if (given.TryGetValue("--token-file", out var file) && !File.Exists(file))
            return (null, $"There is no file {file}.");
        var token = (file is null ? Environment.GetEnvironmentVariable("SLOPORTAL_TOKEN") : await File.ReadAllTextAsync(file, ct))?.Trim();
        if (string.IsNullOrEmpty(token))
            return (null, "Give the token in SLOPORTAL_TOKEN or in a file with --token-file; it is one of an administrator with the scope ingest.");
        var folder = given.GetValueOrDefault("--buffer") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "sloportal-probe", location);
        return (new AgentSettings(location, portal, token, Path.GetFullPath(folder)), null);
    }

    /// <summary>What the arguments say.</summary>
    private sealed record AgentSettings(string Location, Uri Portal, string Token, string Buffer)
    {
        // A record prints its members; this one holds a secret.
        public override string ToString() => Location;
    }
}
