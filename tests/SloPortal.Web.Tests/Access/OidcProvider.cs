using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SloPortal.Web.Tests.Access;

/// <summary>A real OpenID Connect provider (tests/oidc) as a process of its own, and a person who clicks through its pages.</summary>
public sealed partial class OidcProvider : IAsyncLifetime
{
    public const string Callback = "http://localhost/sign-in/provider/callback";

    private Process? process;

    public string Issuer { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            using var install = Start("npm", ["ci", "--no-audit", "--no-fund"], folder);
            if (install is null)
                Assert.Skip("The provider needs Node.js 20 or later.");
            await install.StandardOutput.ReadToEndAsync();
            await install.WaitForExitAsync();
        }
        process = Start("node", ["provider.mjs"], folder);
        if (process is null)
            Assert.Skip("The provider needs Node.js 20 or later.");
        var line = await process.StandardOutput.ReadLineAsync() ?? "";
        Assert.StartsWith("listening on ", line, StringComparison.Ordinal);
        Issuer = line["listening on ".Length..];
    }

    public ValueTask DisposeAsync()
    {
        process?.Kill(entireProcessTree: true);
        process?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Begins at the portal's link, signs in at the provider as this name, consents, and returns the portal's last answer.</summary>
    /// <param name="confirms">What is to be signed, so that the provider asks anew.</param>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient portal, string name, string returnUrl = "/", string? confirms = null)
    {
        using var there = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var challenge = await portal.GetAsync($"/sign-in/provider?returnUrl={Uri.EscapeDataString(returnUrl)}{(confirms is null ? "" : "&confirms=" + Uri.EscapeDataString(confirms))}");
        var address = challenge.Headers.Location!;
        for (var step = 0; step < 12 && address.Host != "localhost"; step++)
        {
            var answer = await there.GetAsync(address);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                var page = await answer.Content.ReadAsStringAsync();
                var form = new Uri(address, FormAction().Match(page).Groups[1].Value);
                var prompt = page.Contains("name=\"login\"", StringComparison.Ordinal) ? "login" : "consent";
                using var fields = new FormUrlEncodedContent([new("prompt", prompt), new("login", name), new("password", "any")]);
                answer = await there.PostAsync(form, fields);
            }
            address = new Uri(address, answer.Headers.Location!);
        }
        using var back = await portal.GetAsync(address.PathAndQuery);
        return await portal.GetAsync(back.Headers.Location!);
    }

    private static Process? Start(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["PORT"] = "0";
        start.Environment["REDIRECT_URI"] = Callback;
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../oidc"));

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex FormAction();
}
