using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using SloPortal.Application.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Access;

/// <summary>The session of a person: a cookie that names them and the stamp with which all their sessions can be ended.</summary>
internal static class SessionCookie
{
    public const string StampClaim = "sloportal.stamp";

    private static readonly TimeSpan IdleTime = TimeSpan.FromHours(12);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "sloportal";
        options.Cookie.HttpOnly = true;
        // Lax: no form of another site can act for the person, links from a mail still open signed in.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = IdleTime;
        options.SlidingExpiration = true;
        options.LoginPath = Routes.SignIn;
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized,
            "Sign in, or send a valid API token as \"Authorization: Bearer …\". Tokens are made under Settings, API tokens.");
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden,
            "You may not do this. An administrator can give you a role.");
    }

    public static Task BeginAsync(HttpContext http, SignedIn signedIn) =>
        http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, signedIn.PersonId.ToString()),
                new Claim(ClaimTypes.Name, signedIn.Name),
                new Claim(StampClaim, signedIn.Stamp),
            ], IdentityConstants.ApplicationScheme)));

    /// <summary>Whether the session of this principal still stands.</summary>
    public static async Task<bool> StandsAsync(ClaimsPrincipal? principal, ActorDirectory directory, CancellationToken ct) =>
        Guid.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        && await directory.FindSessionAsync(id, principal!.FindFirstValue(StampClaim) ?? "", ct) is not null;

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var directory = context.HttpContext.RequestServices.GetRequiredService<ActorDirectory>();
        if (await StandsAsync(context.Principal, directory, context.HttpContext.RequestAborted))
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>A program gets a status and a sentence; only a person is sent to a page.</summary>
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status, string sentence)
    {
        if (ApiPaths.Own(context.Request.Path))
            return TypedResults.Problem(detail: sentence, statusCode: status).ExecuteAsync(context.HttpContext);
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
