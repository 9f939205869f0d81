using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.TestSupport;

namespace SloPortal.Web.Tests.Common;

/// <summary>The whole program on a database of its own, set up with one administrator unless asked otherwise.</summary>
public sealed partial class PortalHost : WebApplicationFactory<Program>
{
    public const string AdminEmail = "ada@example.com";
    public const string AdminPassword = "correct horse battery";
    public const string AdminToken = "slop_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    internal static readonly (string, string)[] Administrator =
        [("SLOPORTAL_ADMIN_EMAIL", AdminEmail), ("SLOPORTAL_ADMIN_PASSWORD", AdminPassword), ("SLOPORTAL_ADMIN_TOKEN", AdminToken)];

    private readonly Dictionary<string, string> settings;

    private PortalHost(string connectionString, IEnumerable<(string Key, string Value)> more)
    {
        ConnectionString = connectionString;
        settings = new Dictionary<string, string> { ["ConnectionStrings:Portal"] = connectionString, ["Serilog:MinimumLevel:Default"] = "Warning" };
        foreach (var (key, value) in more)
            settings[key] = value;
    }

    public string ConnectionString { get; }

    public static async Task<PortalHost> StartAsync(params (string Key, string Value)[] more) => StartOn(
        await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken),
        [.. Administrator, .. more]);

    public static async Task<PortalHost> StartEmptyAsync(params (string Key, string Value)[] more) =>
        StartOn(await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), more);

    /// <summary>Behind a real socket instead of in memory.</summary>
    public static async Task<PortalHost> StartOnKestrelAsync()
    {
        var host = new PortalHost(await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), Administrator);
        host.UseKestrel(0);
        host.StartServer();
        return host;
    }

    public static PortalHost StartOn(string connectionString, IEnumerable<(string Key, string Value)> more)
    {
        var host = new PortalHost(connectionString, more);
        host.Server.PreserveExecutionContext = false;
        return host;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
    }

    /// <summary>A browser that keeps cookies and follows no redirect.</summary>
    public HttpClient Browser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = ClientOptions.BaseAddress });

    public HttpClient WithToken(string token = AdminToken)
    {
        var client = Browser();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async Task<HttpClient> SignedInAsync(string email = AdminEmail, string password = AdminPassword)
    {
        var browser = Browser();
        var answer = await PostFormAsync(browser, "/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>A person with these roles, made by invitation as a real one is, and a browser in which they are signed in.</summary>
    public async Task<(HttpClient Browser, Guid Id)> PersonAsync(string name, params Role[] roles)
    {
        var work = Services.GetRequiredService<InvitePerson.Handler>();
        var invitation = (await work.HandleAsync(new InvitePerson($"{name}@example.com", roles, []), Actor.System("test"), default)).Require();
        var accepted = (await Services.GetRequiredService<AcceptInvitation.Handler>().HandleAsync(new AcceptInvitation(invitation.Secret, name, AdminPassword), default)).Require();
        return (await SignedInAsync($"{name}@example.com"), accepted.PersonId);
    }

    public static async Task<string> TokenOfAsync(HttpClient browser, params TokenScope[] scopes)
    {
        using var answer = await browser.PostAsJsonAsync("/api/v1/tokens", new { name = "test", scopes = scopes.Select(s => s.ToString()), days = 30 });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<NewToken>())!.Text;
    }

    /// <summary>Opens the page, and sends its form as a browser would, antiforgery token included.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient browser, string address, string form, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetStringAsync(address);
        return await SendFormAsync(browser, address, form, AntiforgeryToken().Match(page).Groups[1].Value, fields);
    }

    public static async Task<HttpResponseMessage> SendFormAsync(HttpClient browser, string address, string form, string token, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        return await browser.PostAsync(address, content);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await TestPostgres.DropDatabaseAsync(ConnectionString, CancellationToken.None);
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex AntiforgeryToken();
}
