using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace SloPortal.Browser.Tests.Harness;

/// <summary>The real program as a process of its own, started as <c>dotnet run -c Release</c> starts it.</summary>
internal sealed partial class RunningPortal : IAsyncDisposable
{
    public const string AdminEmail = "admin@example.org";

    /// <summary>Of the first administrator: "slop_" and 32 random bytes.</summary>
    public static string AdminToken { get; } = "slop_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>Of everybody in these tests.</summary>
    public const string Password = "correct horse battery staple";

    private readonly ChildProcess process;

    private RunningPortal(ChildProcess process, string address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>Such as <c>http://127.0.0.1:40001</c>, without a slash at the end.</summary>
    public string Address { get; }

    public string Log => process.Log;

    /// <param name="name">Of the log file.</param>
    /// <param name="connectionString">Of a database that is made for the caller.</param>
    /// <param name="withAdministrator">Whether the first administrator is made from the environment.</param>
    /// <param name="settings">Further environment variables.</param>
    /// <param name="arguments">Further arguments, such as <c>--demo</c>.</param>
    public static async Task<RunningPortal> StartAsync(
        string name, string connectionString, bool withAdministrator, CancellationToken ct,
        IReadOnlyDictionary<string, string>? settings = null, IReadOnlyList<string>? arguments = null)
    {
        var start = new ProcessStartInfo("dotnet", [PortalPlaces.Program, .. arguments ?? []]) { WorkingDirectory = PortalPlaces.Project };
        var environment = start.Environment;
        foreach (var inherited in environment.Keys.Where(k => k.StartsWith("SLOPORTAL_", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            environment.Remove(inherited);
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        environment["ConnectionStrings__Portal"] = connectionString;
        // So that what a browser complains about says what went wrong in the portal.
        environment["ASPNETCORE_DETAILEDERRORS"] = "true";
        // All browsers of these tests come from one address.
        environment["RateLimits__SignInPerMinute"] = "1000";
        if (withAdministrator)
        {
            environment["SLOPORTAL_ADMIN_EMAIL"] = AdminEmail;
            environment["SLOPORTAL_ADMIN_PASSWORD"] = Password;
            environment["SLOPORTAL_ADMIN_TOKEN"] = AdminToken;
        }
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
            environment[key] = value;

        var process = new ChildProcess(name, start);
        try
        {
            var address = await process.WaitForLogAsync("its address", log => ListeningOn().Match(log) is { Success: true } match ? match.Groups[1].Value : null, ct);
            return new RunningPortal(process, address);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<T> WaitForLogAsync<T>(string what, Func<string, T?> find, CancellationToken ct)
        where T : class => process.WaitForLogAsync(what, find, ct);

    public Task KillAsync() => process.KillAsync();

    public ValueTask DisposeAsync() => process.DisposeAsync();

    [GeneratedRegex(@"Now listening on: (http://[^\s]+)")]
    private static partial Regex ListeningOn();
}
