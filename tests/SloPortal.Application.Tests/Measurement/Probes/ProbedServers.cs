using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SloPortal.Application.Tests.Measurement.Probes;

/// <summary>A web server on an address of this machine; its handler is what the test says.</summary>
internal sealed class ProbedWeb : IAsyncDisposable
{
    private readonly WebApplication app;

    private ProbedWeb(WebApplication app) => this.app = app;

    public int Port { get; private set; }

    public static async Task<ProbedWeb> StartAsync(RequestDelegate answer, X509Certificate2? certificate = null, string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var web = new ProbedWeb(builder.Build());
        web.app.Run(answer);
        await web.app.StartAsync();
        web.Port = new Uri(web.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return web;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Certificates of a root of their own.</summary>
internal sealed class TestRoot : IDisposable
{
    private readonly X509Certificate2 root;

    public TestRoot()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=Test root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddDays(400));
        Trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        Trust.CustomTrustStore.Add(root);
    }

    public X509ChainPolicy Trust { get; }

    public X509Certificate2 Issue(string host, DateTimeOffset ends)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(root, ends.AddDays(-300), ends, RandomNumberGenerator.GetBytes(8));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }

    public void Dispose() => root.Dispose();
}

/// <summary>Accepts one connection after the other and does with each what the test says.</summary>
internal sealed class ProbedSocket : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public ProbedSocket(Func<NetworkStream, Task> serve)
    {
        listener.Start();
        serving = ServeAsync(serve);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static Func<NetworkStream, Task> Tls(X509Certificate2 certificate) => async stream =>
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(certificate);
        _ = await tls.ReadAsync(new byte[1].AsMemory());
    };

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync(Func<NetworkStream, Task> serve)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                try
                {
                    await serve(client.GetStream());
                }
                catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The prober has seen enough.
                }
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }
}

/// <summary>Answers every question for an A record of one name with one address, and says of others that they do not exist.</summary>
internal sealed class ProbedDns : IAsyncDisposable
{
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Task serving;

    public ProbedDns(string name, IPAddress address) => serving = ServeAsync(name, address);

    public int Port => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await serving;
    }

    private async Task ServeAsync(string name, IPAddress address)
    {
        try
        {
            while (true)
            {
                var asked = await socket.ReceiveAsync();
                await socket.SendAsync(Answer(asked.Buffer, name, address), asked.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Stopped.
        }
    }

    private static byte[] Answer(byte[] asked, string name, IPAddress address)
    {
        var (labels, at) = (new List<string>(), 12);
        for (; asked[at] != 0; at += asked[at] + 1)
            labels.Add(Encoding.ASCII.GetString(asked, at + 1, asked[at]));
        var question = asked[12..(at + 5)];
        var known = string.Join('.', labels).Equals(name, StringComparison.OrdinalIgnoreCase);
        var head = new byte[12];
        asked.AsSpan(0, 2).CopyTo(head);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), known ? (ushort)0x8180 : (ushort)0x8183);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(6), known ? (ushort)1 : (ushort)0);
        byte[] record = [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. address.GetAddressBytes()];
        return [.. head, .. question, .. known ? record : []];
    }
}
