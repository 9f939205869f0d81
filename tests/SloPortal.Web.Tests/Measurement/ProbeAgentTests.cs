using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using SloPortal.Application.Measurement.Probes.Agents;
using SloPortal.Domain.Measurement.Probes;
using SloPortal.TestSupport;
using SloPortal.Web.Measurement.Probes;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>The agent as a program of its own: what it measures while the portal is away arrives later, once.</summary>
public sealed class ProbeAgentTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "sloportal.dll");

    private readonly string folder = Directory.CreateTempSubdirectory("sloportal-agent").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Agent_PortalIsKilledAndComesBack_EveryRunCountsOnce()
    {
        await using var host = await PortalHost.StartAsync();
        var sli = await host.AddSliAsync(new Domain.Measurement.PushedRatio());
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        var asked = 0;
        _ = AcceptAsync(target, () => Interlocked.Increment(ref asked));
        int port;
        using (var portal = await PortalProcess.StartAsync(Program, host.ConnectionString, Ct))
        {
            port = portal.Address.Port;
            await CreateAsync(portal, sli, ((IPEndPoint)target.LocalEndpoint).Port);
            // Shorter than anybody may set it, so that nobody waits.
            await host.ScalarAsync("UPDATE sources SET pull_every = interval '1 second' WHERE kind = 'Probe'");
            using var agent = Agent(portal.Address);
            await Eventually.HoldsAsync(async () => (await host.CountsOfAsync(sli)).Total >= 2);
            portal.Kill();
            var before = Volatile.Read(ref asked);
            await Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref asked) >= before + 4));
            using var again = await PortalProcess.StartAsync(Program, host.ConnectionString, Ct, port);
            await Eventually.HoldsAsync(async () => (await host.CountsOfAsync(sli)).Total >= before + 4);
            // As a power cut: what it had not sent is on its disk.
            again.Kill();
            before = Volatile.Read(ref asked);
            await Eventually.HoldsAsync(() => Task.FromResult(Volatile.Read(ref asked) >= before + 2));
            agent.Kill();
            await agent.WaitForExitAsync(Ct);
        }
        await host.ScalarAsync("UPDATE sources SET paused_at = now() WHERE kind = 'Probe'");

        using var third = await PortalProcess.StartAsync(Program, host.ConnectionString, Ct, port);
        using var rest = Agent(third.Address);
        await Eventually.HoldsAsync(() => Task.FromResult(Directory.GetFiles(folder, "*.jsonl").Length == 0));
        rest.Kill();
        await rest.WaitForExitAsync(Ct);

        var (good, total) = await host.CountsOfAsync(sli);
        Assert.Equal(good, total);
        // The kill may have met one run between its answer and the disk.
        Assert.InRange(total, asked - 1, asked);
        Assert.Equal((long)total, await host.ScalarAsync("SELECT count(*) FROM probe_results"));
        Assert.Equal(1L, await host.ScalarAsync("SELECT count(*) FROM audit_entries WHERE action = 'probe-location.heard'"));
    }

    [Fact]
    public void Buffer_FullOrCutOff_DropsTheOldestAndCountsThem()
    {
        using (var buffer = AgentBuffer.Open(folder))
        {
            Assert.Null(buffer.Peek());
            buffer.Add(Result(1));
            Assert.Throws<IOException>(() => AgentBuffer.Open(folder));
            Assert.Equal(1, buffer.Peek()!.Value.Results.Single().Probe);
            buffer.Add(Result(2));
        }
        File.AppendAllText(Directory.GetFiles(folder, "*.jsonl").Order().Last(), "{\"probe\": 3");
        for (var i = 0; i < AgentBuffer.MostFiles - 2; i++)
            File.WriteAllText(Path.Combine(folder, $"{10 + i:D12}.jsonl"), "");

        using var again = AgentBuffer.Open(folder);
        Assert.Equal(1, again.Peek()!.Value.Results.Single().Probe);
        again.Add(Result(4));
        Assert.Equal((1, 2), (again.Dropped, again.Peek()!.Value.Results.Single().Probe));
        again.Remove(again.Peek()!.Value.Number, wasTaken: false);
        Assert.Equal(3, again.Dropped);
        again.Dispose();
        using var last = AgentBuffer.Open(folder);
        Assert.Equal(3, last.Dropped);
    }

    [Theory]
    [InlineData("probe")]
    [InlineData("probe --location portal --portal http://127.0.0.1:9")]
    [InlineData("probe --location a --portal ftp://a")]
    [InlineData("probe --location a --portal http://127.0.0.1:9 --token-file /no/such/file")]
    public async Task Run_UnusableArguments_SaysWhy(string arguments)
    {
        using var output = new StringWriter();

        Assert.Equal(2, await new ProbeVerb().RunAsync(arguments.Split(' '), null!, output, Ct));
        Assert.NotEmpty(output.ToString());
    }

    private static AgentResult Result(int probe) => new(probe, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, new ProbeRun(ProbeOutcome.Good, "It answered.", new ProbeParts(1, 2, null, 3, 4)));

    private static async Task CreateAsync(PortalProcess portal, int sli, int port)
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", PortalProcess.AdminToken);
        await DoAsync("/api/v1/probe-addresses", new { address = "127.0.0.1", reason = "The test." });
        await DoAsync("/api/v1/sources/probes", new { name = "door", sliId = sli, check = new { kind = "tcp", host = "127.0.0.1", port }, everySeconds = 10, timeoutSeconds = 5, locations = new[] { "frankfurt" } });

        async Task DoAsync(string path, object body)
        {
            using var answer = await client.PostAsJsonAsync(path, body, Ct);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        }
    }

    private Process Agent(Uri portal)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "probe", "--location", "frankfurt", "--portal", portal.ToString(), "--buffer", folder]) { WorkingDirectory = Path.GetDirectoryName(Program)! };
        start.Environment["SLOPORTAL_TOKEN"] = PortalProcess.AdminToken;
        return Process.Start(start)!;
    }

    private static async Task AcceptAsync(TcpListener target, Action accepted)
    {
        try
        {
            while (true)
            {
                using var client = await target.AcceptTcpClientAsync();
                accepted();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }
}
