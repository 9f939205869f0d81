using System.Net;
using System.Text.RegularExpressions;

namespace SloPortal.TestSupport.Live;

/// <summary>The first administrator of a <see cref="PortalProcess"/>, signed in as in a browser.</summary>
internal static partial class SignedIn
{
    /// <returns>The cookies of the session, which every portal of the database knows.</returns>
    public static async Task<string> CookieAsync(Uri portal, CancellationToken ct)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = portal };
        var form = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), ct);
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value, ["Input.Email"] = "ada@example.com", ["Input.Password"] = "correct horse battery",
        });
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), fields, ct);
        return answer.StatusCode == HttpStatusCode.Found ? cookies.GetCookieHeader(portal) : throw new InvalidOperationException($"Signing in answered {answer.StatusCode}.");
    }

    public static HttpClient Client(string cookie) =>
        new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { DefaultRequestHeaders = { { "Cookie", cookie } } };

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
