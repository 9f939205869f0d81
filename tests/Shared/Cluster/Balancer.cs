using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace SloPortal.TestSupport.Cluster;

/// <summary>HAProxy or nginx in front of two portals, with the configuration that the documentation shows, on a port of this machine.</summary>
internal sealed class Balancer : IDisposable
{
    private readonly Process process;
    private readonly string folder;

    private Balancer(Process process, string folder, Uri address)
    {
        this.process = process;
        this.folder = folder;
        Address = address;
    }

    public Uri Address { get; }

    public static Task<Balancer> HaproxyAsync(Uri a, Uri b, CancellationToken ct) => StartAsync("haproxy", a, b, (shown, port, _) => shown
        .Replace(":443 ssl crt /etc/haproxy/portal.pem alpn h2,http/1.1", $"127.0.0.1:{port}", StringComparison.Ordinal),
        file => ["-db", "-f", file], ct);

    public static Task<Balancer> NginxAsync(Uri a, Uri b, CancellationToken ct) => StartAsync("nginx", a, b, (shown, port, folder) =>
        $"""
        daemon off; pid {folder}/pid; error_log {folder}/errors;
        events {"{}"}
        http {"{"}
        access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
        {string.Join('\n', shown.Split('\n').Where(line => !line.Contains("ssl_certificate", StringComparison.Ordinal)))
            .Replace("443 ssl http2", $"127.0.0.1:{port}", StringComparison.Ordinal)}
        {"}"}
        """,
        file => ["-c", file, "-e", file + ".errors"], ct);

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Balancer> StartAsync(string name, Uri a, Uri b, Func<string, int, string, string> adapt, Func<string, string[]> arguments, CancellationToken ct)
    {
        var shown = Path.Combine(WorkingCopy.Root, "docs", "balancer", name == "nginx" ? "nginx.conf" : "haproxy.cfg");
        var folder = Directory.CreateTempSubdirectory("sloportal-balancer-").FullName;
        var file = Path.Combine(folder, Path.GetFileName(shown));
        var port = FreePort.Take();
        var text = (await File.ReadAllTextAsync(shown, ct)).Replace("10.0.0.11:5000", a.Authority, StringComparison.Ordinal).Replace("10.0.0.12:5000", b.Authority, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, adapt(text, port, folder), ct);
        // Debian keeps servers where only root looks.
        var program = File.Exists("/usr/sbin/" + name) ? "/usr/sbin/" + name : name;
        var balancer = new Balancer(Process.Start(program, arguments(file)), folder, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
        try
        {
            await balancer.AnswersAsync(ct);
            return balancer;
        }
        catch
        {
            balancer.Dispose();
            throw;
        }
    }

    private async Task AnswersAsync(CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = Address };
        for (var tries = 0; tries < 300 && !process.HasExited; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), ct);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(100, ct);
        }
        throw new InvalidOperationException("The balancer reaches no portal.");
    }
}
