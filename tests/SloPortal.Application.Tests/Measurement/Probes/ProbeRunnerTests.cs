using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Probes.Running;
using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Application.Tests.Measurement.Probes;

/// <summary>Probes against real servers of this machine, which the rules of each test allow by name.</summary>
public sealed class ProbeRunnerTests
{
    private static readonly OutgoingRules Shop = new(false, ["shop.test"]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_StatusTextAndTime_AreJudged()
    {
        await using var web = await ProbedWeb.StartAsync(http => http.Response.WriteAsync("all is ready"));
        var check = new ProbeCheck { Kind = ProbeKind.Http, Url = $"http://shop.test:{web.Port}/health", Contains = "ready" };

        var good = await RunAsync(check);
        Assert.Equal((ProbeOutcome.Good, 200, "127.0.0.1"), (good.Outcome, good.Status, good.Address));
        Assert.True(good.Parts is { Dns: >= 0, Connect: >= 0, FirstByte: >= 0, Tls: null } && good.Parts.Total >= good.Parts.FirstByte, good.Parts.ToString());
        Assert.Equal("The answer does not hold “steady”.", (await RunAsync(check with { Contains = "steady" })).Reason);
        Assert.Equal("It answered 200, and 204 was expected.", (await RunAsync(check with { Statuses = "204" })).Reason);
    }

    [Fact]
    public async Task Http_Headers_AreSent_AndTheSecretToItsOwnServerOnly()
    {
        var seen = new List<string>();
        await using var other = await ProbedWeb.StartAsync(http => SeeAsync(http, seen));
        await using var web = await ProbedWeb.StartAsync(async http =>
        {
            await SeeAsync(http, seen);
            http.Response.Redirect($"http://shop.test:{other.Port}/there");
        });

        var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Http, Url = $"http://shop.test:{web.Port}/", Headers = [new ProbeHeader("X-Plan", "gold")] }, authorization: "Bearer secret");

        Assert.Equal(ProbeOutcome.Good, run.Outcome);
        Assert.Equal(["/ gold Bearer secret", "/there gold "], seen);
    }

    [Fact]
    public async Task Http_RedirectToAHostThatIsNotAllowed_IsRefusedAndNotMeasured()
    {
        var asked = 0;
        await using var inner = await ProbedWeb.StartAsync(http =>
        {
            asked++;
            return Task.CompletedTask;
        });
        await using var web = await ProbedWeb.StartAsync(http =>
        {
            http.Response.Redirect($"http://{http.Request.Query["to"]}:{inner.Port}/");
            return Task.CompletedTask;
        });

        foreach (var to in (string[])["other.test", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"])
        {
            var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Http, Url = $"http://shop.test:{web.Port}/?to={to}" });
            Assert.Equal(ProbeOutcome.NotMeasured, run.Outcome);
            Assert.Contains("private address", run.Reason, StringComparison.Ordinal);
        }
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Http_NameThatChangesItsAddress_IsCheckedOnTheAddressThatIsUsed()
    {
        var answers = new Queue<string>(["127.0.0.2", "127.0.0.1"]);
        await using var web = await ProbedWeb.StartAsync(http =>
        {
            http.Response.Headers.Connection = "close";
            http.Response.Redirect("/again");
            return Task.CompletedTask;
        }, address: "127.0.0.2");
        var network = new ProbeNetwork { Resolver = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]) };
        var rules = new OutgoingRules(false, []) { AllowedNetworks = [IPNetwork.Parse("127.0.0.2/32")] };

        var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Http, Url = $"http://shop.test:{web.Port}/" }, network, rules);

        Assert.Equal(ProbeOutcome.NotMeasured, run.Outcome);
        Assert.Contains("private address", run.Reason, StringComparison.Ordinal);
        // Once for each connection: what was checked is what was used.
        Assert.Empty(answers);
    }

    [Fact]
    public async Task Http_EndlessRedirects_Fail()
    {
        await using var web = await ProbedWeb.StartAsync(http =>
        {
            http.Response.Redirect("/");
            return Task.CompletedTask;
        });
        var check = new ProbeCheck { Kind = ProbeKind.Http, Url = $"http://shop.test:{web.Port}/" };

        Assert.Equal("It redirects more than 5 times.", (await RunAsync(check)).Reason);
        Assert.Equal(ProbeOutcome.Good, (await RunAsync(check with { FollowRedirects = false, Statuses = "302" })).Outcome);
    }

    [Fact]
    public async Task Http_NoAnswerInTime_FailsAndSaysWhere()
    {
        await using var web = await ProbedWeb.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));

        var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Http, Url = $"http://shop.test:{web.Port}/" }, patience: TimeSpan.FromMilliseconds(300));

        Assert.Equal((ProbeOutcome.Failed, "It took longer than 0.3 s; it was waiting for the answer."), (run.Outcome, run.Reason));
    }

    [Fact]
    public async Task Http_Https_TellsTheCertificateAndTheTimeOfTls()
    {
        using var root = new TestRoot();
        using var certificate = root.Issue("shop.test", DateTimeOffset.UtcNow.AddDays(30));
        await using var web = await ProbedWeb.StartAsync(http => http.Response.WriteAsync("ok"), certificate);
        var check = new ProbeCheck { Kind = ProbeKind.Http, Url = $"https://shop.test:{web.Port}/" };

        var good = await RunAsync(check, Network(root));
        Assert.Equal((ProbeOutcome.Good, certificate.NotAfter.ToUniversalTime()), (good.Outcome, good.CertificateEnds!.Value.UtcDateTime));
        Assert.True(good.Parts.Tls > 0);
        Assert.StartsWith("TLS could not be agreed on", (await RunAsync(check)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.test", 30, 21, ProbeOutcome.Good, "The certificate is valid for 29 more days")]
    [InlineData("shop.test", 10, 21, ProbeOutcome.Failed, "The certificate is valid for 9 more days, and 21 are asked for.")]
    [InlineData("shop.test", -2, 21, ProbeOutcome.Failed, "The certificate ended on ")]
    [InlineData("other.test", 30, 21, ProbeOutcome.Failed, "The certificate is for another name.")]
    public async Task Tls_Certificate_MustBeValidLongEnough(string host, int ends, int days, ProbeOutcome outcome, string says)
    {
        using var root = new TestRoot();
        using var certificate = root.Issue(host, DateTimeOffset.UtcNow.AddDays(ends));
        await using var server = new ProbedSocket(ProbedSocket.Tls(certificate));

        var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Tls, Host = "shop.test", Port = server.Port, DaysLeft = days }, Network(root));

        Assert.Equal(outcome, run.Outcome);
        Assert.StartsWith(says, run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tcp_SendAndExpect_AreJudged()
    {
        await using var server = new ProbedSocket(async stream =>
        {
            var buffer = new byte[100];
            var read = await stream.ReadAsync(buffer);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(buffer, 0, read) == "PING\r\n" ? "+PO" : "-ERR\r\n"));
            await stream.WriteAsync("NG\r\n"u8.ToArray());
        });
        var check = new ProbeCheck { Kind = ProbeKind.Tcp, Host = "shop.test", Port = server.Port, Send = "PING\\r\\n", Contains = "+PONG" };

        Assert.Equal(ProbeOutcome.Good, (await RunAsync(check)).Outcome);
        Assert.Equal("The answer does not hold “+PONG”.", (await RunAsync(check with { Send = "PUNG\\r\\n" })).Reason);
    }

    [Fact]
    public async Task Tcp_NobodyListens_Fails()
    {
        int port;
        await using (var server = new ProbedSocket(_ => Task.CompletedTask))
            port = server.Port;

        var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Tcp, Host = "shop.test", Port = port });

        Assert.Equal((ProbeOutcome.Failed, "The connection was refused."), (run.Outcome, run.Reason));
    }

    [Theory]
    [InlineData("shop.example", "192.0.2.7", ProbeOutcome.Good)]
    [InlineData("shop.example", "192.0.2.8", ProbeOutcome.Failed)]
    [InlineData("other.example", null, ProbeOutcome.Failed)]
    public async Task Dns_Answer_IsJudged(string name, string? answer, ProbeOutcome outcome)
    {
        await using var server = new ProbedDns("shop.example", IPAddress.Parse("192.0.2.7"));

        var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Dns, DnsName = name, Record = DnsKind.A, Answer = answer, Server = "shop.test", Port = server.Port });

        Assert.Equal((outcome, run.Reason), (run.Outcome, run.Reason));
    }

    [Fact]
    public async Task Dns_ServerThatIsNotAllowed_IsNotAsked()
    {
        var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Dns, DnsName = "shop.example", Record = DnsKind.A, Server = "127.0.0.1", Port = 53 });

        Assert.Equal(ProbeOutcome.NotMeasured, run.Outcome);
    }

    [Theory]
    [InlineData(true, ProbeOutcome.NotMeasured)]
    [InlineData(false, ProbeOutcome.Failed)]
    public async Task Run_ResolverDoesNotAnswer_IsTheProbersFaultOnlyWhereNothingResolves(bool forAll, ProbeOutcome outcome)
    {
        var network = new ProbeNetwork { Resolver = (name, _) => forAll || name == "shop.test" ? throw new SocketException((int)SocketError.TryAgain) : throw new SocketException((int)SocketError.HostNotFound) };

        var run = await RunAsync(new ProbeCheck { Kind = ProbeKind.Tcp, Host = "shop.test", Port = 80 }, network);

        Assert.Equal(outcome, run.Outcome);
    }

    [Fact]
    public async Task Run_NameThatDoesNotExist_Fails()
    {
        var network = new ProbeNetwork { Resolver = (_, _) => throw new SocketException((int)SocketError.HostNotFound) };

        Assert.Equal((ProbeOutcome.Failed, "The name does not exist."), await RunAsync(new ProbeCheck { Kind = ProbeKind.Tcp, Host = "shop.test", Port = 80 }, network) is var run ? (run.Outcome, run.Reason) : default);
    }

    [Fact]
    public async Task Run_ProberStops_IsNotMeasured()
    {
        await using var web = await ProbedWeb.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = Runner(Network()).RunAsync(new ProbeCheck { Kind = ProbeKind.Http, Url = $"http://shop.test:{web.Port}/" }, null, Patience, Shop, stop.Token);
        await stop.CancelAsync();

        Assert.Equal(ProbeOutcome.NotMeasured, (await running).Outcome);
    }

    private static Task<ProbeRun> RunAsync(ProbeCheck check, ProbeNetwork? network = null, OutgoingRules? rules = null, TimeSpan? patience = null, string? authorization = null) =>
        Runner(network ?? Network()).RunAsync(check, authorization, patience ?? Patience, rules ?? Shop, Ct);

    private static ProbeRunner Runner(ProbeNetwork network) => new(network, TimeProvider.System);

    private static ProbeNetwork Network(TestRoot? root = null) => new() { Resolver = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), Trust = root?.Trust };

    private static Task SeeAsync(HttpContext http, List<string> seen)
    {
        seen.Add($"{http.Request.Path} {http.Request.Headers["X-Plan"]} {http.Request.Headers.Authorization}");
        return Task.CompletedTask;
    }
}
